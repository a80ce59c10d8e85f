package com.astrobookings.logs.store;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.store.kql.KqlQuery;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects the events that fulfil every condition, and their order. Immutable and valid by
 * construction.
 *
 * @param from the earliest timestamp, inclusive; null if unbounded
 * @param to the latest timestamp, inclusive; null if unbounded; not before {@code from}
 * @param types the types; empty for all
 * @param filters conditions on single fields
 * @param text a query in the Kibana Query Language; null if absent
 * @param order the order of the events
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
    DESC;

    /** Returns the other order. */
    public Order reversed() {
      return switch (this) {
        case ASC -> DESC;
        case DESC -> ASC;
      };
    }
  }

  /** Checks the bounds and copies the collections. */
  public EventQuery {
    if (from != null && to != null && from.isAfter(to)) {
      throw new IllegalArgumentException("from lies after to");
    }
    types = Set.copyOf(types);
    filters = List.copyOf(filters);
  }

  /** Returns this query in another order. */
  public EventQuery in(Order other) {
    return new EventQuery(from, to, types, filters, text, other);
  }

  /** Creates a query by time and type only. */
  public EventQuery(
      @Nullable Instant from, @Nullable Instant to, Set<EventType> types, Order order) {
    this(from, to, types, List.of(), null, order);
  }
}
