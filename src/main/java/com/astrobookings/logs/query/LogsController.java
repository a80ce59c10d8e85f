package com.astrobookings.logs.query;

import com.astrobookings.logs.event.EventJson;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.Kinds;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.time.TimeExpression;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Reads events: a page of what matches, or one by its id. */
@RestController
@RequestMapping(path = "/api/v1/logs", produces = MediaType.APPLICATION_JSON_VALUE)
final class LogsController {

  private static final JsonFactory JSON = new JsonFactory();
  private static final DataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

  private final EventStore store;
  private final Clock clock;
  private final Supplier<String> copies;

  LogsController(EventStore store, Clock clock, ShardCopies copies) {
    this.store = store;
    this.clock = clock;
    this.copies = copies;
  }

  @GetMapping
  Mono<ResponseEntity<Flux<DataBuffer>>> list(ServerHttpRequest request) {
    MultiValueMap<String, String> parameters = request.getQueryParams();
    return Mono.fromSupplier(
            () -> PageQuestion.read(new Parameters(parameters), clock.instant(), copies))
        .flatMap(question ->
            store
                .search(question.query(), question.page())
                .map(page -> answer(question, page, parameters)));
  }

  private static ResponseEntity<Flux<DataBuffer>> answer(
      PageQuestion question, EventPage page, MultiValueMap<String, String> parameters) {
    String next = question.next(page);
    ResponseEntity.BodyBuilder answer = ok();
    if (next != null) {
      answer.header(HttpHeaders.LINK, NextLink.to("logs", parameters, next));
    }
    return answer.body(PageJson.write(question.query(), page, next, BUFFERS));
  }

  /**
   * Finds one event, also one that searches do not see yet. What cannot be an id is the id of no
   * event.
   */
  @GetMapping("/{id}")
  Mono<ResponseEntity<byte[]>> find(@PathVariable String id, ServerHttpRequest request) {
    return Mono.defer(
            () -> {
              YearMonth month = month(new Parameters(request.getQueryParams()));
              return Kinds.isId(id) ? store.find(id, month) : Mono.empty();
            })
        .map(stored -> ok().body(json(stored)))
        .switchIfEmpty(Mono.error(LogsController::notFound));
  }

  private @Nullable YearMonth month(Parameters parameters) {
    TimeExpression time = parameters.one("timestamp", TimeExpression::parse);
    Instant timestamp =
        time == null
            ? null
            : parameters.attempt("timestamp", () -> time.first(clock.instant(), ZoneOffset.UTC));
    parameters.finish();
    return timestamp == null ? null : YearMonth.from(timestamp.atZone(ZoneOffset.UTC));
  }

  private static byte[] json(StoredEvent stored) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      EventJson.write(generator, stored);
    }
    return bytes.toByteArray();
  }

  private static ProblemException notFound() {
    return new ProblemException(
        ProblemType.EVENT_NOT_FOUND,
        "No event has this id, or none in the month of the timestamp that was stated.");
  }

  private static ResponseEntity.BodyBuilder ok() {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .cacheControl(CacheControl.noStore());
  }
}
