package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.Decoded;
import com.astrobookings.logs.event.text.Names;
import com.astrobookings.logs.event.value.StoredInstants;
import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.web.Problem;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The response to a write: one status per event, by its position in the request, and the HTTP
 * status that follows from them.
 */
final class IngestResponse {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String CACHE_CONTROL = "no-store";
  private static final int USUAL_ITEM_SIZE = 160;

  private final boolean single;
  private final List<IngestItem> items;
  private final Map<ItemStatus, Integer> counts = new EnumMap<>(ItemStatus.class);

  /**
   * Creates a response.
   *
   * @param single whether the request was one event, which is answered by a status code of its own
   * @param items in the order of the request; at least one
   */
  IngestResponse(boolean single, List<IngestItem> items) {
    this.single = single;
    this.items = items;
    for (IngestItem item : items) {
      counts.merge(item.status(), 1, Integer::sum);
    }
  }

  /**
   * Returns the response to {@code batch}.
   *
   * @param outcomes one for each valid event of the batch, in its order
   */
  static IngestResponse of(EventBatch batch, List<WriteOutcome> outcomes) {
    Iterator<WriteOutcome> next = outcomes.iterator();
    List<IngestItem> items = new ArrayList<>(batch.items().size());
    for (Decoded item : batch.items()) {
      items.add(
          switch (item) {
            case Decoded.Valid valid -> IngestItem.of(valid.event().event(), next.next());
            case Decoded.Invalid invalid -> IngestItem.of(invalid);
            case Decoded.Failed failed -> IngestItem.failed(null, null);
          });
    }
    return new IngestResponse(batch.single(), items);
  }

  List<IngestItem> items() {
    return items;
  }

  /** Returns the number of events of each status; a status without events is left out. */
  Map<ItemStatus, Integer> counts() {
    return counts;
  }

  private int count(ItemStatus status) {
    return counts.getOrDefault(status, 0);
  }

  /** Returns the type of the problem if the whole response is one; null otherwise. */
  @Nullable ProblemType problemType() {
    ItemStatus only = counts.size() == 1 ? items.getFirst().status() : null;
    return switch (only) {
      case INVALID -> ProblemType.INVALID_EVENT;
      case REFUSED -> refusal();
      case CONFLICT -> single ? ProblemType.EVENT_CONFLICT : null;
      case REJECTED -> single ? ProblemType.REJECTED_EVENT : null;
      case STORED, DUPLICATE, SPOOLED -> null;
      case null -> null;
    };
  }

  /** Returns the HTTP status. */
  HttpStatus status() {
    ProblemType problem = problemType();
    if (problem != null) {
      return problem.status();
    }
    if (counts.keySet().stream().anyMatch(ItemStatus::failed)) {
      return HttpStatus.MULTI_STATUS;
    }
    if (counts.containsKey(ItemStatus.SPOOLED)) {
      return HttpStatus.ACCEPTED;
    }
    return single && counts.containsKey(ItemStatus.STORED) ? HttpStatus.CREATED : HttpStatus.OK;
  }

  /** Overload is the reason only if it is that of every event that is refused. */
  private ProblemType refusal() {
    for (IngestItem item : items) {
      if (item.status() == ItemStatus.REFUSED && item.refusal() != IngestItem.Refusal.OVERLOAD) {
        return ProblemType.UNAVAILABLE;
      }
    }
    return ProblemType.OVERLOADED;
  }

  /** Returns the value of {@code Retry-After} in seconds; null if no event is refused. */
  @Nullable String retryAfter() {
    return counts.containsKey(ItemStatus.REFUSED) && refusal().retryAfter() != null
        ? Long.toString(refusal().retryAfter().toSeconds())
        : null;
  }

  /**
   * Writes the HTTP response. A {@code ResponseEntity} would pass through a message writer, which
   * takes a third of the framework's time for a small request.
   *
   * @param verbose whether to list the events that have not failed, too
   * @throws ProblemException if the response is a problem; it carries counts and items
   */
  Mono<Void> writeTo(ServerHttpResponse response, boolean verbose) {
    ProblemType problem = problemType();
    if (problem != null) {
      throw new ProblemException(
          new Problem(problem, detail(problem), faults())
              .withMembers(generator -> write(generator, verbose)));
    }
    HttpStatus status = status();
    byte[] body = json(verbose);
    response.setStatusCode(status);
    HttpHeaders headers = response.getHeaders();
    headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
    headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
    headers.set(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL);
    if (status == HttpStatus.CREATED) {
      headers.set(HttpHeaders.LOCATION, location(items.getFirst()));
    }
    String retryAfter = retryAfter();
    if (retryAfter != null) {
      headers.set(HttpHeaders.RETRY_AFTER, retryAfter);
    }
    return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
  }

  /**
   * Returns a URI relative to that of the request, so that it holds behind a proxy that adds to the
   * path. Ids need no encoding in a path, nor instants in a query.
   */
  private static String location(IngestItem item) {
    return "logs/" + item.id() + "?timestamp=" + item.timestamp();
  }

  private byte[] json(boolean verbose) {
    int expected = 256 + (verbose ? USUAL_ITEM_SIZE * items.size() : 0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(expected);
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      generator.writeStartObject();
      write(generator, verbose);
      generator.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private String detail(ProblemType type) {
    if (!single) {
      String all = "None of the %,d events was stored; ".formatted(items.size());
      return all
          + (type == ProblemType.INVALID_EVENT
              ? "items names what is wrong with each."
              : "send them again later with the ids and timestamps of items.");
    }
    String message = items.getFirst().message();
    return message != null
        ? message
        : "The event was not stored; errors names what is wrong with it.";
  }

  private List<Problem.Fault> faults() {
    return single
        ? items.getFirst().violations().stream().map(IngestResponse::fault).toList()
        : List.of();
  }

  private static Problem.Fault fault(Violation violation) {
    return new Problem.Fault(
        Problem.Part.BODY,
        violation.pointer(),
        Names.lowerCase(violation.rule()),
        violation.message());
  }

  private void write(JsonGenerator generator, boolean verbose) {
    generator.writeNumberProperty("received", items.size());
    int failed = 0;
    for (ItemStatus status : ItemStatus.values()) {
      generator.writeNumberProperty(status.label(), count(status));
      failed += status.failed() ? count(status) : 0;
    }
    generator.writeNumberProperty("failed", failed);
    generator.writeArrayPropertyStart("items");
    for (int i = 0; i < items.size(); i++) {
      if (verbose || items.get(i).status().failed()) {
        write(generator, i, items.get(i));
      }
    }
    generator.writeEndArray();
  }

  private static void write(JsonGenerator generator, int index, IngestItem item) {
    generator.writeStartObject();
    generator.writeNumberProperty("index", index);
    if (item.id() != null) {
      generator.writeStringProperty("id", item.id());
    }
    if (item.timestamp() != null) {
      generator.writeStringProperty("timestamp", StoredInstants.format(item.timestamp()));
    }
    generator.writeStringProperty("status", item.status().label());
    if (item.message() != null) {
      generator.writeStringProperty("message", item.message());
    }
    if (!item.violations().isEmpty()) {
      generator.writeArrayPropertyStart("errors");
      item.violations().forEach(violation -> fault(violation).write(generator));
      generator.writeEndArray();
    }
    generator.writeEndObject();
  }
}
