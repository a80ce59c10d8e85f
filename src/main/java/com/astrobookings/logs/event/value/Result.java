package com.astrobookings.logs.event.value;

/** How an attempt ended. */
public enum Result {
  /** It did what it was meant to do. */
  SUCCESS("success"),
  /** It did not. */
  FAIL("failure");

  private final String outcome;

  Result(String outcome) {
    this.outcome = outcome;
  }

  /** The value of {@code event.outcome} in the Elastic Common Schema. */
  public String outcome() {
    return outcome;
  }
}
