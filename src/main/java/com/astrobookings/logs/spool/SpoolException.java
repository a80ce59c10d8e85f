package com.astrobookings.logs.spool;

import org.jspecify.annotations.Nullable;

/** Thrown when a spool cannot be opened or read; says why, and what to do. */
public final class SpoolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String remedy;
  private final boolean overload;

  SpoolException(String problem, String remedy, @Nullable Throwable cause) {
    this(problem, remedy, false, cause);
  }

  SpoolException(String problem, String remedy, boolean overload, @Nullable Throwable cause) {
    super(problem, cause);
    this.remedy = remedy;
    this.overload = overload;
  }

  /** Returns what an operator should do. */
  public String remedy() {
    return remedy;
  }

  /** Returns whether less to do at a time is all that is needed. */
  boolean isOverload() {
    return overload;
  }
}
