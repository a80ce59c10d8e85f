package com.astrobookings.logs.local;

import org.jspecify.annotations.Nullable;

/** Thrown when the local node cannot run; says why, and what to do. */
final class LocalNodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String remedy;

  LocalNodeException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  LocalNodeException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, cause);
    this.remedy = remedy;
  }

  String remedy() {
    return remedy;
  }
}
