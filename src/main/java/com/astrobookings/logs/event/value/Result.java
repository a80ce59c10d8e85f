package com.astrobookings.logs.event.value;

/** How an attempt ended. */
public enum Result {
  /** It did what it was meant to do. */
  SUCCESS("success", "info", "succeeded"),
  /** It did not. */
  FAIL("failure", "warn", "failed");

  private final String outcome;
  private final String level;
  private final String ended;

  Result(String outcome, String level, String ended) {
    this.outcome = outcome;
    this.level = level;
    this.ended = ended;
  }

  /** The value of {@code event.outcome} in the Elastic Common Schema. */
  public String outcome() {
    return outcome;
  }

  /** The {@code log.level} of an attempt that ended so. */
  public String level() {
    return level;
  }

  /** The verb for messages. */
  public String ended() {
    return ended;
  }
}
