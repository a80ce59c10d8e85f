package com.astrobookings.logs.event.value;

/**
 * A value that was asked with cannot be what it should be. The message is for who asked: what is
 * wrong and what to do, written to follow the value's name ("is not …"). It never contains the
 * value. It has no stack trace: it is an answer.
 */
public final class InvalidValueException extends RuntimeException {

  /** The value is wrong for the reason that {@code message} tells. */
  public InvalidValueException(String message) {
    super(message, null, false, false);
  }
}
