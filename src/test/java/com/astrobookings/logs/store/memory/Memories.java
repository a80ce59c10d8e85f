package com.astrobookings.logs.store.memory;

import java.time.Duration;

/** Memory for tests that are about something else. */
public final class Memories {

  private Memories() {}

  /** Enough for everybody. */
  public static ReadMemory large() {
    return new ReadMemory(1L << 40, Duration.ofSeconds(1));
  }

  /** A share of such a memory. */
  public static ReadMemory.Share share() {
    return large().share();
  }
}
