package com.astrobookings.logs.store;

import org.jspecify.annotations.Nullable;

/**
 * The store, or a part of it that the question needs, cannot answer now. The message is for
 * operators and may name indices and nodes; it is not for answers.
 */
public final class StoreUnavailableException extends RuntimeException {

  private final boolean timedOut;

  /** The store could not be reached, or said that it cannot answer. */
  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  /**
   * The store cannot answer.
   *
   * @param timedOut whether it took too long, rather than saying so
   */
  public StoreUnavailableException(String message, @Nullable Throwable cause, boolean timedOut) {
    super(message, cause);
    this.timedOut = timedOut;
  }

  /** Whether the store took too long, rather than saying that it cannot answer. */
  public boolean timedOut() {
    return timedOut;
  }
}
