package com.astrobookings.logs.store;

/**
 * A failure without its messages, for the log: those of parsers and conversions quote their input,
 * which may be personal data. Has the stack traces of the failure and its causes; each message is
 * the type.
 */
public final class RedactedException extends Exception {

  private static final int MAX_CAUSES = 10;

  private RedactedException(Throwable failure, int causes) {
    super(
        failure.getClass().getName(),
        failure.getCause() == null || causes == 0
            ? null
            : new RedactedException(failure.getCause(), causes - 1));
    setStackTrace(failure.getStackTrace());
  }

  /** Returns {@code failure} and its causes without their messages. */
  public static RedactedException of(Throwable failure) {
    return new RedactedException(failure, MAX_CAUSES);
  }
}
