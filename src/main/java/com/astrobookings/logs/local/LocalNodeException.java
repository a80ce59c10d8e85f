package com.astrobookings.logs.local;

import org.jspecify.annotations.Nullable;

/** The local node cannot run. The message and the remedy are all that its reader needs. */
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
