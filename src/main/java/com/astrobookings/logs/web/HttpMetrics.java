package com.astrobookings.logs.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Times every request as {@code http.server.requests}, with the names and values of the tags that
 * Spring's own instrumentation gives: {@code method}, {@code uri} (the template, never the path),
 * {@code status}, {@code outcome} and {@code exception}. A client that leaves before it has its
 * answer counts with status and outcome {@code UNKNOWN}. A stream of events counts when it begins.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class HttpMetrics implements WebFilter {

  static final String TIMER = "http.server.requests";

  private static final String STARTED = HttpMetrics.class.getName();
  private static final String UNKNOWN = "UNKNOWN";
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.values());

  /** What the tags are made of; bounded, whatever clients send. */
  private record Key(String method, String uri, int status, String exception) {}

  /** A request that has not been recorded yet. */
  private record Started(HttpMetrics metrics, long time) {}

  private final MeterRegistry registry;
  private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

  HttpMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Times what is answered without a failure; {@link ProblemHandler} has the rest observed. */
  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    exchange.getAttributes().put(STARTED, new Started(this, now()));
    return chain
        .filter(exchange)
        .doOnSuccess(done -> record(exchange, null, SignalType.ON_COMPLETE))
        .doOnCancel(() -> record(exchange, null, SignalType.CANCEL));
  }

  /** Times a request that is answered by {@code answer}. */
  Mono<Void> observe(ServerWebExchange exchange, Mono<Void> answer) {
    return answer
        .doOnSuccess(done -> record(exchange, null, SignalType.ON_COMPLETE))
        .doOnError(failure -> record(exchange, failure, SignalType.ON_ERROR))
        .doOnCancel(() -> record(exchange, null, SignalType.CANCEL));
  }

  /**
   * Records a request now that its response begins, and not when it ends. How long a client follows
   * a stream says nothing about the service, and would hide how long other requests take.
   */
  public static void recordNow(ServerWebExchange exchange) {
    if (exchange.getAttributes().get(STARTED) instanceof Started started) {
      started.metrics().record(exchange, null, SignalType.ON_COMPLETE);
    }
  }

  private long now() {
    return registry.config().clock().monotonicTime();
  }

  private void record(ServerWebExchange exchange, @Nullable Throwable failure, SignalType end) {
    if (!(exchange.getAttributes().remove(STARTED) instanceof Started started)) {
      return;
    }
    HttpStatusCode status = exchange.getResponse().getStatusCode();
    int code =
        end == SignalType.CANCEL ? 0 : status == null ? HttpStatus.OK.value() : status.value();
    HttpMethod method = exchange.getRequest().getMethod();
    Key key =
        new Key(
            METHODS.contains(method) ? method.name() : UNKNOWN,
            uri(exchange, code),
            code,
            failure == null ? "none" : failure.getClass().getSimpleName());
    timers.computeIfAbsent(key, this::timer).record(now() - started.time(), TimeUnit.NANOSECONDS);
  }

  private static String uri(ServerWebExchange exchange, int status) {
    Object pattern = exchange.getAttributes().get(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern instanceof PathPattern template
        ? template.getPatternString()
        : status == HttpStatus.NOT_FOUND.value() ? "NOT_FOUND" : UNKNOWN;
  }

  private Timer timer(Key key) {
    return Timer.builder(TIMER)
        .tag("method", key.method())
        .tag("uri", key.uri())
        .tag("status", key.status() == 0 ? UNKNOWN : Integer.toString(key.status()))
        .tag("outcome", outcome(key.status()))
        .tag("exception", key.exception())
        .register(registry);
  }

  private static String outcome(int status) {
    HttpStatus.Series series = HttpStatus.Series.resolve(status);
    return switch (series) {
      case null -> UNKNOWN;
      case SUCCESSFUL -> "SUCCESS";
      case INFORMATIONAL, REDIRECTION, CLIENT_ERROR, SERVER_ERROR -> series.name();
    };
  }
}
