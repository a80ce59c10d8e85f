package com.astrobookings.logs.store;

import com.astrobookings.logs.event.LogEvent;
import java.time.Instant;

/**
 * A place in the total order of events.
 *
 * @param timestamp compared first
 * @param id compared among equal timestamps, by its ASCII characters
 */
public record Position(Instant timestamp, String id) {

  /** The place of {@code event}. */
  public static Position of(LogEvent event) {
    return new Position(event.timestamp(), event.id());
  }
}
