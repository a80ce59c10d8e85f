package com.astrobookings.logs.query;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.Fingerprint;
import com.astrobookings.logs.store.time.TimeExpression;
import com.astrobookings.logs.store.time.Zones;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What all reads ask with, as it was stated.
 *
 * @param from the lower bound; null if unbounded
 * @param to the upper bound; null if unbounded
 * @param zone whose clocks show the times without offset
 * @param types the types asked for; empty for all
 * @param order the order of the answer
 */
record Question(
    @Nullable Bound from, @Nullable Bound to, ZoneId zone, Set<EventType> types, Order order) {

  /** A bound as it was written and what it says. */
  record Bound(String text, TimeExpression time) {

    static Bound parse(String text) {
      return new Bound(text, TimeExpression.parse(text));
    }
  }

  static Question read(Parameters parameters) {
    return new Question(
        parameters.one("from", Bound::parse),
        parameters.one("to", Bound::parse),
        Objects.requireNonNullElse(parameters.one("tz", Zones::parse), ZoneOffset.UTC),
        parameters.several("type", Choices.byName(EventType.class)),
        Objects.requireNonNullElse(
            parameters.one("order", Choices.byLowerCaseName(Order.class)), Order.ASC));
  }

  /** Tells this question from others: relative bounds count as they were written. */
  Fingerprint fingerprint() {
    SortedMap<String, List<String>> asked = new TreeMap<>();
    asked.put("from", from == null ? List.of() : List.of(from.text()));
    asked.put("to", to == null ? List.of() : List.of(to.text()));
    asked.put("tz", List.of(zone.getId()));
    asked.put("type", types.stream().map(Enum::name).sorted().toList());
    asked.put("order", List.of(order.name()));
    return Fingerprint.of(asked);
  }

  /**
   * The query that this question is at a time.
   *
   * @param parameters where a bound that cannot be goes; such a query must not be run
   */
  EventQuery at(Instant now, Parameters parameters) {
    Instant first =
        from == null ? null : parameters.attempt("from", () -> from.time().first(now, zone));
    Instant last = to == null ? null : parameters.attempt("to", () -> to.time().last(now, zone));
    if (first != null && last != null && first.isAfter(last)) {
      parameters.fault(
          "from", "lies after to: in UTC, from is %s and to is %s".formatted(first, last));
      return between(first, null);
    }
    return between(first, last);
  }

  /** The query with bounds that were resolved before. */
  EventQuery between(@Nullable Instant first, @Nullable Instant last) {
    return new EventQuery(first, last, types, order);
  }
}
