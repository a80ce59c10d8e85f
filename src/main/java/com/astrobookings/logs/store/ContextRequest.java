package com.astrobookings.logs.store;

/**
 * A request for the events around a position in the total order.
 *
 * @param position the position; the event there is none of those around it
 * @param before the number of earlier events, from 0 to {@value #MAX_EVENTS}
 * @param after the number of later events, from 0 to {@value #MAX_EVENTS}
 * @param preference selects the shard copies that are searched, see {@link PageRequest}
 */
public record ContextRequest(SearchAfter position, int before, int after, String preference) {

  /** The most events on each side. */
  public static final int MAX_EVENTS = 500;

  /** Checks the numbers. */
  public ContextRequest {
    if (before < 0 || before > MAX_EVENTS || after < 0 || after > MAX_EVENTS) {
      throw new IllegalArgumentException("before and after must be from 0 to " + MAX_EVENTS);
    }
  }
}
