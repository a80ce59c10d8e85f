package com.astrobookings.logs.store;

/**
 * A failure as the log may show it: its types and stack traces, but no messages, because those of
 * parsers and conversions quote what they were given, and that may be personal data. Its own
 * message is the type of the failure.
 */
public final class DiscreetFailure extends Exception {

  /** Ends chains of causes that are longer than anybody reads. */
  private static final int MOST_CAUSES = 10;

  private DiscreetFailure(Throwable failure, int causes) {
    super(
        failure.getClass().getName(),
        failure.getCause() == null || causes == 0
            ? null
            : new DiscreetFailure(failure.getCause(), causes - 1));
    setStackTrace(failure.getStackTrace());
  }

  /** What may be shown of {@code failure} and its causes. */
  public static DiscreetFailure of(Throwable failure) {
    return new DiscreetFailure(failure, MOST_CAUSES);
  }
}
