package com.astrobookings.logs.elastic.write;

import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Stops writes to months whose shard is out of service. Elasticsearch holds each write to such a
 * month for its whole time-out; without this, its events would delay those of other months. Safe
 * for use by several threads.
 */
final class MonthCircuitBreaker {

  private final Duration pause;
  private final ConcurrentMap<MonthIndex, Unavailable> open = new ConcurrentHashMap<>();

  /**
   * Creates a circuit breaker that is closed for all months.
   *
   * @param pause how long a month is left alone
   */
  MonthCircuitBreaker(Duration pause) {
    this.pause = pause;
  }

  /** Returns why nothing is to be sent to {@code month} now; null if it can be tried. */
  @Nullable Unavailable reason(MonthIndex month) {
    return open.get(month);
  }

  /** Stops writes to {@code month} for a while; does nothing if they are stopped already. */
  void open(MonthIndex month, Unavailable reason) {
    if (open.putIfAbsent(month, reason) == null) {
      Mono.delay(pause).subscribe(over -> open.remove(month));
    }
  }
}
