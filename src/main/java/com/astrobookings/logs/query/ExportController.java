package com.astrobookings.logs.query;

import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.query.ExportParameters.Format;
import com.astrobookings.logs.query.body.SearchBodyReader;
import com.astrobookings.logs.query.export.ExportBody;
import com.astrobookings.logs.query.export.ExportFormat;
import com.astrobookings.logs.store.EventExport;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.Trailers;
import com.astrobookings.logs.web.UnavailabilityLog;
import com.astrobookings.logs.web.body.AcceptedCoding;
import com.astrobookings.logs.web.parameter.Parameters;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.AbortedException;

/** Exports everything that matches, as one body of any length. */
@RestController
@RequestMapping("/api/v1/logs/export")
final class ExportController implements DisposableBean {

  static final String TOTAL = "X-Export-Total";
  static final String COUNT = "X-Export-Count";
  static final String SHA256 = "X-Export-Sha256";

  private static final List<MediaType> FORMATS = List.of(ExportFormat.NDJSON, ExportFormat.CSV);
  private static final DateTimeFormatter FILE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);

  private final EventStore store;
  private final Clock clock;
  private final SearchBodyReader bodies;
  private final UnavailabilityLog unavailability;
  private final ExportMonitor monitor;
  private final Scheduler workers =
      Schedulers.newParallel("export", Runtime.getRuntime().availableProcessors(), true);

  ExportController(
      EventStore store,
      Clock clock,
      SearchBodyReader bodies,
      UnavailabilityLog unavailableReads,
      ExportMonitor monitor) {
    this.store = store;
    this.clock = clock;
    this.bodies = bodies;
    this.unavailability = unavailableReads;
    this.monitor = monitor;
  }

  @GetMapping
  Mono<Void> export(ServerWebExchange exchange) {
    return Mono.defer(
        () -> export(exchange, new Parameters(exchange.getRequest().getQueryParams())));
  }

  /** Exports by parameters in a JSON body, for values that must not be in URLs. */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  Mono<Void> exportByBody(ServerWebExchange exchange) {
    return bodies.read(exchange.getRequest()).flatMap(parameters -> export(exchange, parameters));
  }

  private Mono<Void> export(ServerWebExchange exchange, Parameters parameters) {
    Caller caller = Caller.of(exchange);
    Instant now = clock.instant();
    ExportParameters request =
        ExportParameters.read(parameters, now, caller, () -> accepted(exchange.getRequest()));
    if (!Trailers.showEnd(exchange.getRequest())) {
      throw new ProblemException(
          ProblemType.BAD_REQUEST,
          "An export needs HTTP/1.1 or later: in HTTP/1.0 its end cannot be told from a failure."
              + " A proxy may be the one that speaks HTTP/1.0.");
    }
    return store
        .export(
            request.query(),
            caller.name(),
            export -> {
              unavailability.taken();
              return send(exchange, request.format(), export, now);
            })
        .onErrorMap(
            InvalidValueException.class,
            failure -> QueryParameters.unevaluable(request.query(), failure));
  }

  /** Returns the format that the client prefers; NDJSON if it has no preference. */
  private static Format accepted(ServerHttpRequest request) {
    List<MediaType> accepted;
    try {
      accepted = request.getHeaders().getAccept();
    } catch (InvalidMediaTypeException e) {
      throw new NotAcceptableStatusException(FORMATS);
    }
    if (accepted.isEmpty()) {
      return Format.NDJSON;
    }
    MimeTypeUtils.sortBySpecificity(accepted);
    for (MediaType type : accepted) {
      if (type.getQualityValue() > 0) {
        if (type.includes(ExportFormat.NDJSON)) {
          return Format.NDJSON;
        }
        if (type.includes(ExportFormat.CSV)) {
          return Format.CSV;
        }
      }
    }
    throw new NotAcceptableStatusException(FORMATS);
  }

  private Mono<Void> send(
      ServerWebExchange exchange, ExportFormat format, EventExport export, Instant now) {
    ServerHttpResponse response = exchange.getResponse();
    boolean gzip = AcceptedCoding.isGzip(exchange.getRequest().getHeaders());
    describe(response.getHeaders(), format, now);
    response.getHeaders().set(TOTAL, Long.toString(export.total()));
    if (gzip) {
      response.getHeaders().set(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    if (HttpMethod.HEAD.equals(exchange.getRequest().getMethod())) {
      return response.setComplete();
    }
    ExportBody body = new ExportBody(format, gzip);
    Trailers.declare(
        response, Map.of(COUNT, () -> Long.toString(body.count()), SHA256, body::sha256Hex));
    return monitor
        .watch(
            body.encode(export.pages(), workers),
            chunks -> response.writeWith(chunks.map(response.bufferFactory()::wrap)),
            body,
            export)
        .onErrorResume(failure -> cutOff(response, failure));
  }

  private static void describe(HttpHeaders headers, ExportFormat format, Instant now) {
    headers.setContentType(format.mediaType());
    headers.setContentDisposition(
        ContentDisposition.attachment()
            .filename("logs-%s.%s".formatted(FILE_TIME.format(now), format.extension()))
            .build());
    headers.setCacheControl(CacheControl.noStore());
    headers.add(HttpHeaders.VARY, "Accept, Accept-Encoding");
  }

  /**
   * Closes the connection if the body has begun: an end would look like that of a whole one. The
   * framework is told that the connection is gone, for the failure has been logged.
   */
  private static Mono<Void> cutOff(ServerHttpResponse response, Throwable failure) {
    if (!response.isCommitted()) {
      response.getHeaders().remove(TOTAL);
      response.getHeaders().remove(HttpHeaders.TRAILER);
      return Mono.error(failure);
    }
    return Trailers.cutOff(response)
        .then(Mono.error(() -> new AbortedException("The export was broken off")));
  }

  @Override
  public void destroy() {
    workers.dispose();
  }
}
