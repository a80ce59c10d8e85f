package com.astrobookings.logs.store;

import org.jspecify.annotations.Nullable;

/**
 * Which part of an answer is asked for.
 *
 * @param limit most events wanted, from 1 to {@value #LARGEST}
 * @param after the last event of the page before; null for the first page
 * @param copies names the shard copies to ask: all pages of one reading use the same name, because
 *     copies see new events at different times
 * @param total whether and how exactly to count all that matches
 */
public record PageRequest(int limit, @Nullable Position after, String copies, TotalMode total) {

  /** The largest page. */
  public static final int LARGEST = 1_000;

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
    if (limit < 1 || limit > LARGEST) {
      throw new IllegalArgumentException("limit must be from 1 to " + LARGEST);
    }
  }
}
