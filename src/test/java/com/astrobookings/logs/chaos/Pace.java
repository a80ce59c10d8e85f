package com.astrobookings.logs.chaos;

import java.time.Duration;

/**
 * How fast a run goes.
 *
 * @param producers how many send at the same time
 * @param maxBatch the most events of a request
 * @param pause of a producer between two requests
 * @param eventsBetween how many events are acknowledged between two faults
 * @param faultLength how long a killed node is away
 * @param tailTimeout how long the tail may take at the end to send what it has not sent yet
 */
record Pace(
    int producers,
    int maxBatch,
    Duration pause,
    int eventsBetween,
    Duration faultLength,
    Duration tailTimeout) {

  private static final Duration TAIL_TIMEOUT = Duration.ofSeconds(30);

  /** Little time between faults. */
  static final Pace SHORT =
      new Pace(4, 100, Duration.ofMillis(25), 500, Duration.ofMillis(500), TAIL_TIMEOUT);

  /** Faults as long as they happen, at a rate that a test can read again. */
  static final Pace LONG =
      new Pace(4, 100, Duration.ofMillis(250), 500, Duration.ofSeconds(5), TAIL_TIMEOUT);

  /** Many producers of few events. */
  static final Pace CROWD =
      new Pace(500, 3, Duration.ofMillis(250), 50_000, Duration.ofSeconds(5), TAIL_TIMEOUT);

  /** For checks of the run itself. */
  static final Pace NO_FAULTS =
      new Pace(4, 100, Duration.ofMillis(25), 500, Duration.ZERO, Duration.ofSeconds(6));
}
