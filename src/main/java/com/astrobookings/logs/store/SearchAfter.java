package com.astrobookings.logs.store;

import com.astrobookings.logs.event.LogEvent;
import java.time.Instant;

/**
 * A position in the total order of events, behind which a page begins.
 *
 * @param timestamp compared first
 * @param id compared among equal timestamps, by its ASCII characters
 */
public record SearchAfter(Instant timestamp, String id) {

  /** Returns the position of {@code event}. */
  public static SearchAfter of(LogEvent event) {
    return new SearchAfter(event.timestamp(), event.id());
  }
}
