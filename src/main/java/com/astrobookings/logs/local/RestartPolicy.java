package com.astrobookings.logs.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** When a node that died is started again: soon, then later, and not after three in a minute. */
final class RestartPolicy {
  static final int DEATHS = 3;
  static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofMillis(250);
  private static final Duration LATER = Duration.ofSeconds(2);

  private final Deque<Instant> deaths = new ArrayDeque<>();

  /** The delay before the next start; empty to give up. */
  Optional<Duration> died(Instant now) {
    deaths.removeIf(death -> !death.isAfter(now.minus(WINDOW)));
    deaths.addLast(now);
    return switch (deaths.size()) {
      case 1 -> Optional.of(SOON);
      case 2 -> Optional.of(LATER);
      default -> Optional.empty();
    };
  }
}
