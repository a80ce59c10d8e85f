package com.astrobookings.logs.event.value;

import java.util.List;

/**
 * A value that was asked with cannot be what it should be. The message is for who asked: what is
 * wrong and what to do, written to follow the value's name ("is not …"). It never contains the
 * value. It has no stack trace: it is an answer.
 */
public final class InvalidValueException extends RuntimeException {

  private final transient List<String> messages;

  /** The value is wrong for the reason that {@code message} tells. */
  public InvalidValueException(String message) {
    this(List.of(message));
  }

  /**
   * The value is wrong for several reasons.
   *
   * @param messages at least one; in the order in which they are to be told
   */
  public InvalidValueException(List<String> messages) {
    super(String.join("; ", messages), null, false, false);
    this.messages = List.copyOf(messages);
  }

  /** Each reason by itself. */
  public List<String> messages() {
    return messages;
  }
}
