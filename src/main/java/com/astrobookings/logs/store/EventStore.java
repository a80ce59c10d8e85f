package com.astrobookings.logs.store;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.memory.ReadMemory;
import com.astrobookings.logs.store.stats.EventStats;
import com.astrobookings.logs.store.stats.StatsRequest;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Stores events, each once per id and UTC month of its timestamp.
 *
 * <p>All methods are lazy: nothing happens before subscription, and each subscription sends its own
 * requests. No method blocks. Results may arrive on any thread, which must not be blocked.
 */
public interface EventStore {

  /** The time-out of a write; leaves two of the ten seconds of a request for its response. */
  Duration WRITE_TIMEOUT = Duration.ofSeconds(8);

  /**
   * Writes events; never overwrites one.
   *
   * <p>The subscribing thread serialises the events, so it must not be an event loop if there are
   * many large ones.
   *
   * @param events at least one; the same id may occur more than once
   * @param refresh when the outcomes are returned
   * @param within the time-out from subscription on. An event without an outcome by then is {@link
   *     WriteOutcome.Unavailable}
   * @return one outcome per event, in the order of {@code events}; does not fail because of the
   *     store: an event that it does not accept is {@link WriteOutcome.Unavailable}
   */
  Mono<List<WriteOutcome>> write(List<StoredEvent> events, RefreshPolicy refresh, Duration within);

  /** Writes within {@link #WRITE_TIMEOUT}. */
  default Mono<List<WriteOutcome>> write(List<StoredEvent> events, RefreshPolicy refresh) {
    return write(events, refresh, WRITE_TIMEOUT);
  }

  /**
   * Finds one event, also before searches see it.
   *
   * @param month the UTC month of its timestamp, or null to look in all months, in which case the
   *     newest event with this id is found
   * @param memory accounts for what is read, and must stay open as long as that is used
   * @return empty if there is none; fails with {@link StoreUnavailableException}, and with {@link
   *     com.astrobookings.logs.store.memory.NoRoomException} if other reads hold too much
   */
  Mono<StoredEvent> find(String id, @Nullable YearMonth month, ReadMemory.Share memory);

  /**
   * Reads one page of what matches, in the total order of timestamp, then id.
   *
   * @param memory accounts for what is read, and must stay open as long as the page is used; of one
   *     page at a time
   * @return the page, complete or not at all; fails with {@link StoreUnavailableException} if any
   *     part of the store could not answer, with {@link
   *     com.astrobookings.logs.store.memory.NoRoomException} if other reads hold too much, and with
   *     {@link com.astrobookings.logs.event.value.InvalidValueException} if the free text or the
   *     filters of the query are more than the store can evaluate
   */
  Mono<EventPage> search(EventQuery query, PageRequest page, ReadMemory.Share memory);

  /**
   * Reads everything that matches, from one point in time per shard. The store keeps that open
   * until {@code use} ends in whatever way, or the last page was given.
   *
   * @param reader the caller; the exports of one caller leave room for those of others
   * @param use uses the export, before this completes
   * @return completes with {@code use}; fails as it does, or before it is called as {@link #search}
   */
  Mono<Void> export(
      EventQuery query, String reader, Function<EventExport, ? extends Publisher<Void>> use);

  /**
   * Reads the events that match and are the nearest to a position in the total order.
   *
   * @param query selects the events; its order has no meaning here
   * @param memory accounts for what is read, and must stay open as long as that is used
   * @return both sides, or a failure as of {@link #search}
   */
  Mono<EventContext> context(EventQuery query, ContextRequest request, ReadMemory.Share memory);

  /**
   * Counts what matches, over time and by the values of fields.
   *
   * @param memory accounts for what is read, and must stay open as long as the result is used
   * @return the result, of all that matches or not at all; fails as {@link #search} does, and with
   *     {@link com.astrobookings.logs.store.stats.TooManyBucketsException} if the events that match
   *     span too many units of time
   */
  Mono<EventStats> stats(EventQuery query, StatsRequest request, ReadMemory.Share memory);
}
