package com.astrobookings.logs.query.tail;

import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.tail.EventTail;
import com.astrobookings.logs.store.tail.PositionGoneException;
import com.astrobookings.logs.store.tail.TailReader;
import com.astrobookings.logs.store.tail.TailRequest;
import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.HttpMetrics;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.Problems;
import com.astrobookings.logs.web.Scope;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Answers requests with tails. They end when their client leaves, when its credential ends, when
 * they cannot go on, and before the server shuts down, which would otherwise wait for them.
 */
@Component
@EnableConfigurationProperties(TailProperties.class)
public final class Tails implements SmartLifecycle {

  private final EventTail tail;
  private final Clock clock;
  private final TailSlots slots;
  private final TailMetrics metrics;
  private volatile Sinks.One<Throwable> shutdown = Sinks.one();
  private volatile boolean running;

  Tails(EventTail tail, Clock clock, MeterRegistry registry, TailProperties properties) {
    this.tail = tail;
    this.clock = clock;
    this.slots = new TailSlots(properties.maxOpen());
    this.metrics = new TailMetrics(registry, slots);
  }

  /**
   * Answers with a tail.
   *
   * @param invalid gives the problem of a query that the store cannot evaluate
   * @return completes when the tail has ended; fails with a {@link ProblemException} if it cannot
   *     begin
   */
  public Mono<Void> follow(
      ServerWebExchange exchange,
      TailRequest request,
      Function<InvalidValueException, ProblemException> invalid) {
    Caller caller = Caller.of(exchange);
    EventMessages messages =
        caller.may(Scope.PII) ? EventMessages.WHOLE : EventMessages.WITHOUT_PERSONAL_DATA;
    return Mono.using(
        () -> take(caller),
        name ->
            tail.open(request, messages)
                .onErrorMap(failure -> explained(failure, invalid))
                .flatMap(reader -> write(exchange, reader, invalid)),
        slots::release);
  }

  private String take(Caller caller) {
    slots.take(caller.name());
    return caller.name();
  }

  private Mono<Void> write(
      ServerWebExchange exchange,
      TailReader reader,
      Function<InvalidValueException, ProblemException> invalid) {
    ServerHttpResponse response = exchange.getResponse();
    HttpHeaders headers = response.getHeaders();
    headers.setContentType(MediaType.TEXT_EVENT_STREAM);
    headers.setCacheControl(CacheControl.noStore());
    // Proxies such as nginx would otherwise collect messages before they pass them on.
    headers.set("X-Accel-Buffering", "no");
    TailStream stream =
        new TailStream(
            reader,
            metrics,
            end(Caller.of(exchange)),
            failure -> Problems.document(explained(failure, invalid), exchange),
            response.bufferFactory());
    HttpMetrics.recordNow(exchange);
    return Mono.firstWithSignal(response.writeAndFlushWith(stream.pieces()), stream.stalled())
        .doFinally(end -> stream.close());
  }

  private Mono<Throwable> end(Caller caller) {
    Mono<Throwable> stop = shutdown.asMono();
    return caller.end() == null
        ? stop
        : Mono.firstWithSignal(
            stop,
            Mono.delay(Duration.between(clock.instant(), caller.end())).map(late -> expired()));
  }

  private static ProblemException expired() {
    return new ProblemException(
        ProblemType.UNAUTHENTICATED,
        "The credential has expired. Connect again with another one and Last-Event-ID.");
  }

  private static Throwable explained(
      Throwable failure, Function<InvalidValueException, ProblemException> invalid) {
    return switch (failure) {
      case InvalidValueException e -> invalid.apply(e);
      case PositionGoneException e ->
          new ProblemException(
              ProblemType.POSITION_GONE,
              e.getMessage()
                  + " Begin again without a position; list what you may have missed by time.");
      default -> failure;
    };
  }

  @Override
  public void start() {
    shutdown = Sinks.one();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    shutdown.tryEmitValue(
        new ProblemException(
            ProblemType.UNAVAILABLE,
            "The service shuts down. Connect again with Last-Event-ID, also to another instance."));
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stops before the web server waits for the requests under way. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }
}
