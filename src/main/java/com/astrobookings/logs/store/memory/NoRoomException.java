package com.astrobookings.logs.store.memory;

/** Other reads hold the memory that this one needs. It has no stack trace: it is an answer. */
public final class NoRoomException extends RuntimeException {

  /** No read can be blamed for it, and the same one may be answered a moment later. */
  public NoRoomException() {
    super("Other reads hold the memory set aside for answers", null, false, false);
  }
}
