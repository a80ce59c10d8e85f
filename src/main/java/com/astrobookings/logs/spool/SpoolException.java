package com.astrobookings.logs.spool;

import org.jspecify.annotations.Nullable;

/** Thrown when a spool cannot be opened or read; says why, and what to do. */
public final class SpoolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  SpoolException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, cause);
    this.remedy = remedy;
  }

  /** Returns what an operator should do. */
  public String remedy() {
    return remedy;
  }
}
