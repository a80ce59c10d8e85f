package com.astrobookings.logs.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Decides when a node is restarted: after 250 ms, then 2 s, and not after three ends in a minute.
 */
final class RestartPolicy {
  static final int MAX_ENDS = 3;
  static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration FIRST_DELAY = Duration.ofMillis(250);
  private static final Duration SECOND_DELAY = Duration.ofSeconds(2);

  private final Deque<Instant> ends = new ArrayDeque<>();

  /** Returns the delay before the next start; empty if there is none. */
  Optional<Duration> ended(Instant now) {
    ends.removeIf(end -> !end.isAfter(now.minus(WINDOW)));
    ends.addLast(now);
    return switch (ends.size()) {
      case 1 -> Optional.of(FIRST_DELAY);
      case 2 -> Optional.of(SECOND_DELAY);
      default -> Optional.empty();
    };
  }
}
