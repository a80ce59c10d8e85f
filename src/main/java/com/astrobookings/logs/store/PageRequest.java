package com.astrobookings.logs.store;

import org.jspecify.annotations.Nullable;

/**
 * A request for one page of the events that match a query.
 *
 * @param limit the largest number of events, from 1 to {@value #MAX_LIMIT}
 * @param after the last event of the page before; null for the first page
 * @param preference selects the shard copies that are searched. All pages of one query use the same
 *     value, because copies refresh at different times
 * @param total whether and how exactly to count all that matches
 */
public record PageRequest(
    int limit, @Nullable SearchAfter after, String preference, TotalMode total) {

  /** The largest limit. */
  public static final int MAX_LIMIT = 1_000;

  /** How exactly to count. */
  public enum TotalMode {
    /** Exactly up to a bound, and "at least" beyond it. */
    BOUNDED,
    /** Exactly, whatever it costs. */
    EXACT,
    /** Not at all. */
    NONE
  }

  /** Checks the size. */
  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be from 1 to " + MAX_LIMIT);
    }
  }
}
