package com.astrobookings.logs.store.memory;

/**
 * Signals that other reads hold the memory, or the place among the searches under way, that this
 * one needs. It has no stack trace: it is an answer.
 */
public final class NoRoomException extends RuntimeException {

  /** Creates the failure; the same read may be answered a moment later. */
  public NoRoomException() {
    super("Other reads use what is set aside for reads", null, false, false);
  }
}
