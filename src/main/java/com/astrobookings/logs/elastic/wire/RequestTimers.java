package com.astrobookings.logs.elastic.wire;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.transport.TransportException;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Times requests to Elasticsearch as {@value #TIMER}, by operation and outcome. Registers each
 * timer once and keeps it. Safe for use by several threads.
 */
public final class RequestTimers {

  /** The name of the timers. */
  public static final String TIMER = "logs.elasticsearch.requests";

  private final MeterRegistry registry;
  private final ConcurrentMap<Key, Timer> timers = new ConcurrentHashMap<>();

  private record Key(String operation, String outcome) {}

  /** Registers timers with {@code registry}. */
  public RequestTimers(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Starts a measurement; a reading of a monotonic clock in nanoseconds. */
  public long start() {
    return registry.config().clock().monotonicTime();
  }

  /**
   * Records a request that has ended.
   *
   * @param operation the name of the Elasticsearch API, such as {@code bulk}
   * @param start what {@link #start} returned before the request was sent
   * @param failure why it failed; null if it did not
   */
  public void record(String operation, long start, @Nullable Throwable failure) {
    timers
        .computeIfAbsent(new Key(operation, outcome(failure)), this::register)
        .record(start() - start, TimeUnit.NANOSECONDS);
  }

  private Timer register(Key key) {
    return Timer.builder(TIMER)
        .tag("operation", key.operation())
        .tag("outcome", key.outcome())
        .register(registry);
  }

  private static String outcome(@Nullable Throwable failure) {
    return switch (failure) {
      case null -> "success";
      case CompletionException e when e.getCause() != null -> outcome(e.getCause());
      case CancellationException e -> "cancelled";
      case ElasticsearchException e -> ofStatus(e.status());
      case TransportException e -> ofStatus(e.statusCode());
      case ResponseException e -> ofStatus(e.getResponse().getStatusCode());
      default -> "unreachable";
    };
  }

  private static String ofStatus(int status) {
    return status >= 500 ? "server_error" : status >= 400 ? "client_error" : "unreachable";
  }
}
