package com.astrobookings.logs.store.stats;

import org.jspecify.annotations.Nullable;

/**
 * Signals that a request asks for more counts than one answer has. It has no stack trace: it is an
 * answer.
 */
public final class TooManyBucketsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** What there is too much of. */
  public enum Reason {
    /** Units of time. */
    TIME,
    /** Values, or values in units of time. */
    VALUES
  }

  private TooManyBucketsException(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /**
   * Creates the failure for too many units of time.
   *
   * @param fitting the shortest interval that fits; null if there is none
   */
  public static TooManyBucketsException overTime(@Nullable Interval fitting) {
    return new TooManyBucketsException(
        Reason.TIME,
        "would give more than %,d buckets; the smallest interval that fits is %s"
            .formatted(Interval.MAX_BUCKETS, fitting == null ? "none" : fitting.text()));
  }

  /** Creates the failure for too many values, or values in units of time. */
  public static TooManyBucketsException ofValues() {
    return new TooManyBucketsException(
        Reason.VALUES,
        "gives more counts than the event store computes at once; ask for fewer values, one field"
            + " or a longer interval");
  }

  /** Returns what there is too much of. */
  public Reason reason() {
    return reason;
  }
}
