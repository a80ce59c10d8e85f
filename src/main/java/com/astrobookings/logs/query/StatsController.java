package com.astrobookings.logs.query;

import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.query.body.SearchBodyReader;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.memory.ReadMemory;
import com.astrobookings.logs.store.stats.TooManyBucketsException;
import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.Scope;
import com.astrobookings.logs.web.UnavailabilityLog;
import com.astrobookings.logs.web.parameter.Parameters;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Counts events over time and by the values of fields. */
@RestController
@RequestMapping(path = "/api/v1/logs/stats", produces = MediaType.APPLICATION_JSON_VALUE)
final class StatsController {

  /** How long a client may take to receive a response, which lies in memory meanwhile. */
  private static final Duration SEND_TIMEOUT = Duration.ofMinutes(1);

  private final EventStore store;
  private final Clock clock;
  private final ReadMemory memory;
  private final SearchBodyReader bodies;
  private final UnavailabilityLog unavailability;

  StatsController(
      EventStore store,
      Clock clock,
      ReadMemory memory,
      SearchBodyReader bodies,
      UnavailabilityLog unavailableReads) {
    this.store = store;
    this.clock = clock;
    this.memory = memory;
    this.bodies = bodies;
    this.unavailability = unavailableReads;
  }

  @GetMapping
  Mono<Void> count(ServerWebExchange exchange) {
    return answer(exchange, () -> new Parameters(exchange.getRequest().getQueryParams()));
  }

  /** Counts by parameters in a JSON body, for values that must not be in URLs. */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  Mono<Void> countByBody(ServerWebExchange exchange) {
    return bodies
        .read(exchange.getRequest())
        .flatMap(parameters -> answer(exchange, () -> parameters));
  }

  private Mono<Void> answer(ServerWebExchange exchange, Supplier<Parameters> parameters) {
    Caller caller = Caller.of(exchange);
    return Mono.using(
        () -> memory.share(caller.name()),
        share ->
            stats(parameters.get(), caller, share)
                .flatMap(stats -> send(stats, exchange.getResponse())));
  }

  private Mono<StatsResponse> stats(Parameters parameters, Caller caller, ReadMemory.Share share) {
    StatsParameters request = StatsParameters.read(parameters, clock.instant());
    PersonalData.check(request.query(), caller);
    PersonalData.check(request.request(), caller);
    return store
        .stats(request.query(), request.request(), share)
        .doOnNext(stats -> unavailability.taken())
        .onErrorMap(
            InvalidValueException.class,
            failure -> QueryParameters.unevaluable(request.query(), failure))
        .onErrorMap(
            TooManyBucketsException.class, failure -> StatsParameters.refused(failure, parameters))
        .map(stats -> new StatsResponse(request, stats, caller.may(Scope.PII)));
  }

  private static Mono<Void> send(StatsResponse stats, ServerHttpResponse response) {
    response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
    response.getHeaders().setCacheControl(CacheControl.noStore());
    return response
        .writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(stats.json())))
        .timeout(SEND_TIMEOUT);
  }
}
