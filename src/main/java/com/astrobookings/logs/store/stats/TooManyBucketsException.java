package com.astrobookings.logs.store.stats;

import org.jspecify.annotations.Nullable;

/**
 * Signals that the events that match span more units of time than one answer has. It has no stack
 * trace: it is an answer.
 */
public final class TooManyBucketsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Creates the failure.
   *
   * @param fitting the shortest interval that fits; null if there is none
   */
  public TooManyBucketsException(@Nullable Interval fitting) {
    super(
        "would give more than %,d buckets; the smallest interval that fits is %s"
            .formatted(Interval.MAX_BUCKETS, fitting == null ? "none" : fitting.text()),
        null,
        false,
        false);
  }
}
