package com.astrobookings.logs.store.tail;

import com.astrobookings.logs.store.EventQuery;
import org.jspecify.annotations.Nullable;

/**
 * A request for a tail.
 *
 * @param query what the events must match; its order does not count
 * @param after where to resume; null to begin with what becomes searchable from now on
 * @param last how many of the newest events that match now come first, in the order of their
 *     timestamps; does not count if there is a position
 */
public record TailRequest(EventQuery query, @Nullable TailPosition after, int last) {

  /** The largest number of events that come first. */
  public static final int MAX_LAST = 1_000;

  /** Checks the number. */
  public TailRequest {
    if (last < 0 || last > MAX_LAST) {
      throw new IllegalArgumentException("last must be from 0 to " + MAX_LAST);
    }
  }
}
