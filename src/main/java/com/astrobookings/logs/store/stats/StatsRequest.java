package com.astrobookings.logs.store.stats;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for statistics over the events that match a query. Immutable.
 *
 * @param interval whether and by which units of time to count
 * @param zone the zone whose clocks say when units of time begin
 * @param by the fields to count by: none, one, or two, of which the second divides each value of
 *     the first
 * @param size the largest number of values of each field, from 1 to {@value #MAX_SIZE}, of two
 *     fields to {@value #MAX_SIZE_OF_TWO}
 * @param exact whether counts by field must be exact, whatever that costs
 */
public record StatsRequest(
    Resolution interval, ZoneId zone, List<Dimension> by, int size, boolean exact) {

  /** The largest number of values of one field. */
  public static final int MAX_SIZE = 1_000;

  /** The largest number of values of each of two fields. */
  public static final int MAX_SIZE_OF_TWO = 100;

  /** The most fields. */
  public static final int MAX_FIELDS = 2;

  /** Whether and by which units of time to count. */
  public sealed interface Resolution {

    /** Not at all. */
    record None() implements Resolution {}

    /** By units that make a readable chart of the period, or of the events that match. */
    record Auto() implements Resolution {}

    /** By units of one length. */
    record Fixed(Interval interval) implements Resolution {}
  }

  /** Checks the bounds and copies the list. */
  public StatsRequest {
    if (by.size() > MAX_FIELDS || size < 1 || size > maxSize(by)) {
      throw new IllegalArgumentException("by %s, size %d".formatted(by, size));
    }
    by = List.copyOf(by);
  }

  /** Returns the largest number of values of each of these fields. */
  public static int maxSize(List<Dimension> by) {
    return by.size() > 1 ? MAX_SIZE_OF_TWO : MAX_SIZE;
  }

  /** Returns the same request by units of this length. */
  public StatsRequest with(@Nullable Interval found) {
    return new StatsRequest(
        found == null ? new Resolution.None() : new Resolution.Fixed(found), zone, by, size, exact);
  }
}
