package com.astrobookings.logs.store;

/**
 * A copy of an exception for the log: types and stack traces, without messages, because those of
 * parsers quote their input, which may be personal data. Its message is the type of the original.
 */
public final class RedactedException extends Exception {

  /** Bounds chains of causes, which can be cyclic. */
  private static final int MAX_CAUSES = 10;

  private RedactedException(Throwable failure, int causes) {
    super(
        failure.getClass().getName(),
        failure.getCause() == null || causes == 0
            ? null
            : new RedactedException(failure.getCause(), causes - 1));
    setStackTrace(failure.getStackTrace());
  }

  /** Returns the copy of {@code failure} and its causes. */
  public static RedactedException of(Throwable failure) {
    return new RedactedException(failure, MAX_CAUSES);
  }
}
