package com.astrobookings.logs.security.limit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.function.LongSupplier;

/**
 * Allowances by name: so many uses a second on average, ten times as many for a moment. For each
 * name it remembers the time up to which its uses are paid for; a use is allowed unless that lies
 * too far ahead. Safe for use by several threads.
 */
final class Allowances {

  /** How far ahead a name may be of its average. */
  private static final long AHEAD = Duration.ofSeconds(10).toNanos();

  /** Strangers choose names, so there may be any number; those used longest ago are forgotten. */
  private static final int MOST = 10_000;

  private final long price;
  private final LongSupplier nanoTime;
  private final LinkedHashMap<String, Long> paidUpTo = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * The same allowance for every name.
   *
   * @param perSecond at least 1
   * @param nanoTime a clock that never goes back, with any beginning
   */
  Allowances(int perSecond, LongSupplier nanoTime) {
    this.price = Duration.ofSeconds(1).toNanos() / perSecond;
    this.nanoTime = nanoTime;
  }

  /** Uses the allowance and returns 0, or returns after how many whole seconds it can be used. */
  synchronized long use(String name) {
    long now = nanoTime.getAsLong();
    Long before = paidUpTo.get(name);
    long paid = before == null || before - now < 0 ? now : before;
    long wait = paid + price - now - AHEAD;
    if (wait > 0) {
      return Math.ceilDiv(wait, Duration.ofSeconds(1).toNanos());
    }
    paidUpTo.put(name, paid + price);
    if (paidUpTo.size() > MOST) {
      paidUpTo.pollFirstEntry();
    }
    return 0;
  }

  /** How many names are remembered. */
  synchronized int size() {
    return paidUpTo.size();
  }
}
