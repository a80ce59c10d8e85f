package com.astrobookings.logs.security.limit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.function.LongSupplier;

/**
 * Limits the rate of requests of each name by the generic cell rate algorithm: so many a second on
 * average, ten times as many at once. Safe for use by several threads.
 */
final class RateLimiter {

  /** How far ahead of the average a name may be. */
  private static final long MAX_BURST_NANOS = Duration.ofSeconds(10).toNanos();

  /** Clients choose names; from more on, those used longest ago are forgotten. */
  private static final int MAX_NAMES = 10_000;

  private final long interval;
  private final LongSupplier nanoTime;
  private final LinkedHashMap<String, Long> arrivals = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Creates a limiter with the same rate for every name.
   *
   * @param perSecond at least 1
   * @param nanoTime a monotonic clock in nanoseconds
   */
  RateLimiter(int perSecond, LongSupplier nanoTime) {
    this.interval = Duration.ofSeconds(1).toNanos() / perSecond;
    this.nanoTime = nanoTime;
  }

  /** Returns 0 if a request of this name is allowed, else after how many seconds the next is. */
  synchronized long acquire(String name) {
    long now = nanoTime.getAsLong();
    Long before = arrivals.get(name);
    long theoretical = before == null || before - now < 0 ? now : before;
    long wait = theoretical + interval - now - MAX_BURST_NANOS;
    if (wait > 0) {
      return Math.ceilDiv(wait, Duration.ofSeconds(1).toNanos());
    }
    arrivals.put(name, theoretical + interval);
    if (arrivals.size() > MAX_NAMES) {
      arrivals.pollFirstEntry();
    }
    return 0;
  }

  /** Returns how many names are remembered. */
  synchronized int size() {
    return arrivals.size();
  }
}
