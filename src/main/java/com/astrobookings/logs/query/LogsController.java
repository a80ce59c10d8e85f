package com.astrobookings.logs.query;

import com.astrobookings.logs.event.EventJson;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.FieldCodecs;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.query.body.SearchBodyReader;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.memory.ReadMemory;
import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.Scope;
import com.astrobookings.logs.web.UnavailabilityLog;
import com.astrobookings.logs.web.parameter.Parameters;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.YearMonth;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Reads events: a page of what matches, or one by its id. */
@RestController
@RequestMapping(path = "/api/v1/logs", produces = MediaType.APPLICATION_JSON_VALUE)
final class LogsController {

  private static final JsonFactory JSON = new JsonFactory();

  private final EventStore store;
  private final Clock clock;
  private final Supplier<String> preference;
  private final ReadMemory memory;
  private final UnavailabilityLog unavailability;
  private final SearchBodyReader bodies;

  LogsController(
      EventStore store,
      Clock clock,
      ShardPreference preference,
      ReadMemory memory,
      SearchBodyReader bodies,
      UnavailabilityLog unavailableReads) {
    this.bodies = bodies;
    this.store = store;
    this.unavailability = unavailableReads;
    this.memory = memory;
    this.clock = clock;
    this.preference = preference;
  }

  @GetMapping
  Mono<Void> list(ServerWebExchange exchange) {
    MultiValueMap<String, String> parameters = exchange.getRequest().getQueryParams();
    return answer(
        exchange,
        () -> new Parameters(parameters),
        (headers, next) ->
            headers.set(HttpHeaders.LINK, PageLink.to("next", "logs", parameters, next)));
  }

  /**
   * Reads a page by parameters in a JSON body, for values that must not be in URLs. Has no link.
   */
  @PostMapping(path = "/search", consumes = MediaType.APPLICATION_JSON_VALUE)
  Mono<Void> search(ServerWebExchange exchange) {
    return bodies
        .read(exchange.getRequest())
        .flatMap(parameters -> answer(exchange, () -> parameters, (headers, next) -> {}));
  }

  /**
   * Reads a page and sends it. Its share of the memory for reads is released when it is sent or the
   * sending fails.
   */
  private Mono<Void> answer(
      ServerWebExchange exchange,
      Supplier<Parameters> parameters,
      BiConsumer<HttpHeaders, String> link) {
    ServerHttpResponse response = exchange.getResponse();
    return Mono.using(
        () -> memory.share(Caller.of(exchange).name()),
        share ->
            page(parameters, Caller.of(exchange), share)
                .flatMap(page -> {
                  if (page.next() != null) {
                    link.accept(response.getHeaders(), page.next());
                  }
                  return page.send(response);
                }));
  }

  private Mono<PageResponse> page(
      Supplier<Parameters> parameters, Caller caller, ReadMemory.Share share) {
    return Mono.fromSupplier(
            () -> PageParameters.read(parameters.get(), clock.instant(), preference))
        .doOnNext(request -> PersonalData.check(request.query(), caller))
        .flatMap(request ->
            store
                .search(request.query(), request.page(), share)
                .doOnNext(page -> unavailability.taken())
                .onErrorMap(
                    InvalidValueException.class,
                    failure -> QueryParameters.unevaluable(request.query(), failure))
                .map(page ->
                    PageResponse.of(
                        request.query(), page, caller.may(Scope.PII), request.next(page))));
  }

  /** Finds one event, also before searches see it. A text that cannot be an id is a 404. */
  @GetMapping("/{id}")
  Mono<ResponseEntity<byte[]>> find(@PathVariable String id, ServerWebExchange exchange) {
    boolean personal = Caller.of(exchange).may(Scope.PII);
    return Mono.using(
            () -> memory.share(Caller.of(exchange).name()),
            share -> {
              YearMonth month = month(new Parameters(exchange.getRequest().getQueryParams()));
              Mono<StoredEvent> found =
                  FieldCodecs.isId(id)
                      ? store.find(id, month, share).doOnSuccess(done -> unavailability.taken())
                      : Mono.empty();
              return found.map(stored -> ok().body(json(stored, personal)));
            })
        .switchIfEmpty(Mono.error(ContextParameters::notFound));
  }

  private @Nullable YearMonth month(Parameters parameters) {
    YearMonth month = ContextParameters.month(parameters, clock.instant());
    parameters.finish("Nothing was read");
    return month;
  }

  private static byte[] json(StoredEvent stored, boolean personal) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      EventJson.write(generator, stored, personal);
    }
    return bytes.toByteArray();
  }

  private static ResponseEntity.BodyBuilder ok() {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .cacheControl(CacheControl.noStore());
  }
}
