package com.astrobookings.logs.event;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Seconds of February 2024, so that tests that share a store do not see each other's events. */
public final class Seconds {

  private static final Instant FIRST = Instant.parse("2024-02-02T00:00:00Z");
  private static final AtomicInteger given = new AtomicInteger();

  private Seconds() {}

  /** The beginning of a second that no other test of the run has; the next is a minute away. */
  public static Instant next() {
    return FIRST.plus(Duration.ofMinutes(given.getAndIncrement()));
  }
}
