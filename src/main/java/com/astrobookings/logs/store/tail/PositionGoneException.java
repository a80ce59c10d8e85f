package com.astrobookings.logs.store.tail;

/**
 * Signals that a tail cannot be resumed, because events after its position may be lost. Has no
 * stack trace. Its message is for clients.
 */
public final class PositionGoneException extends RuntimeException {

  /**
   * Creates the failure.
   *
   * @param reason why, as a sentence
   */
  public PositionGoneException(String reason) {
    super(reason, null, false, false);
  }
}
