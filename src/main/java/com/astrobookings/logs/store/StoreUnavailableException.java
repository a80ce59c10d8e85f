package com.astrobookings.logs.store;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the store, or a part of it that the request needs, cannot answer now. The message is
 * for the log: it may name indices and nodes and must not be sent to clients.
 */
public final class StoreUnavailableException extends RuntimeException {

  private final boolean timedOut;

  /** Creates an exception for a store that could not be reached or reported an error. */
  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  /**
   * Creates an exception.
   *
   * @param timedOut whether the store exceeded a time-out
   */
  public StoreUnavailableException(String message, @Nullable Throwable cause, boolean timedOut) {
    super(message, cause);
    this.timedOut = timedOut;
  }

  /** Whether the store exceeded a time-out, rather than reporting an error. */
  public boolean timedOut() {
    return timedOut;
  }
}
