package com.astrobookings.logs.store;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * The UTC months that hold events. A month can only be dropped as a whole.
 *
 * <p>All methods are lazy and do not block. They fail with {@link StoreUnavailableException} if the
 * store does not answer, or answers that it cannot do it.
 */
public interface EventMonths {

  /**
   * The months at one moment.
   *
   * @param time the time by the clock of the store; of several clocks, the earliest
   * @param months every month that exists, oldest first
   */
  record Inventory(Instant time, List<Month> months) {

    /** Copies the list. */
    public Inventory {
      months = List.copyOf(months);
    }
  }

  /**
   * One month.
   *
   * @param month the month of the events' timestamps
   * @param events number of events; 0 if the store cannot tell, because the month is closed
   * @param bytes size on disk, replicas included; 0 if the store cannot tell
   */
  record Month(YearMonth month, long events, long bytes) {}

  /** Returns the months that exist. */
  Mono<Inventory> list();

  /**
   * Deletes all events of a month, irrevocably.
   *
   * @return whether the month existed
   */
  Mono<Boolean> drop(YearMonth month);
}
