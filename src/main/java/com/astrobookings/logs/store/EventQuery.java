package com.astrobookings.logs.store;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.store.kql.KqlQuery;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for, and in which order: those that fulfil everything that is stated.
 * Immutable and valid by construction.
 *
 * @param from the earliest timestamp, inclusive; null if unbounded
 * @param to the latest timestamp, inclusive; null if unbounded; not before {@code from}
 * @param types the types asked for; empty for all
 * @param filters what single fields must be
 * @param text what else is asked, in the free-text language; null if nothing
 * @param order the order of the answer
 */
public record EventQuery(
    @Nullable Instant from,
    @Nullable Instant to,
    Set<EventType> types,
    List<Filter> filters,
    @Nullable KqlQuery text,
    Order order) {

  /** The order of timestamps, and of ids among equal timestamps. */
  public enum Order {
    /** Oldest first. */
    ASC,
    /** Newest first. */
    DESC
  }

  /** Checks the bounds and keeps copies. */
  public EventQuery {
    if (from != null && to != null && from.isAfter(to)) {
      throw new IllegalArgumentException("from lies after to");
    }
    types = Set.copyOf(types);
    filters = List.copyOf(filters);
  }

  /** A question about time and type alone. */
  public EventQuery(
      @Nullable Instant from, @Nullable Instant to, Set<EventType> types, Order order) {
    this(from, to, types, List.of(), null, order);
  }
}
