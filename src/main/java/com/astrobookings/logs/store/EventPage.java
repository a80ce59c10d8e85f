package com.astrobookings.logs.store;

import com.astrobookings.logs.event.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the events that match a query.
 *
 * @param events in the order asked for; may be fewer than asked for even when more follow
 * @param more whether more may follow the last of them
 * @param total how many match in all, on all pages; null if not asked for
 */
public record EventPage(List<StoredEvent> events, boolean more, @Nullable Total total) {

  /**
   * A count.
   *
   * @param value how many
   * @param exact false if there are at least that many
   */
  public record Total(long value, boolean exact) {}
}
