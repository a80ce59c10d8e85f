package com.astrobookings.logs.query;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.Filter;
import com.astrobookings.logs.store.Fingerprint;
import com.astrobookings.logs.store.kql.KqlQuery;
import com.astrobookings.logs.store.time.TimeExpression;
import com.astrobookings.logs.store.time.Zones;
import com.astrobookings.logs.web.Problem;
import com.astrobookings.logs.web.Problem.Fault;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.parameter.Choices;
import com.astrobookings.logs.web.parameter.Parameters;
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
 * The parameters that all reads share, before relative times are resolved.
 *
 * @param from the lower bound; null if unbounded
 * @param to the upper bound; null if unbounded
 * @param zone the zone of times without offset
 * @param types the types requested; empty for all
 * @param filters the filters by single fields
 * @param text the free text as it was typed; null if absent
 * @param order the order of the events
 */
record QueryParameters(
    @Nullable Bound from,
    @Nullable Bound to,
    ZoneId zone,
    Set<EventType> types,
    List<Filter> filters,
    @Nullable String text,
    Order order) {

  private static final String TEXT = "q";

  /** A bound, as text and parsed. */
  record Bound(String text, TimeExpression time) {

    static Bound parse(String text) {
      return new Bound(text, TimeExpression.parse(text));
    }
  }

  static QueryParameters read(Parameters parameters) {
    Bound from = parameters.one("from", Bound::parse);
    Bound to = parameters.one("to", Bound::parse);
    ZoneId zone = Objects.requireNonNullElse(parameters.one("tz", Zones::parse), ZoneOffset.UTC);
    Set<EventType> types = parameters.several("type", Choices.byName(EventType.class));
    return new QueryParameters(
        from,
        to,
        zone,
        types,
        Filters.read(parameters, types),
        parameters.one(TEXT, text -> text),
        Objects.requireNonNullElse(
            parameters.one("order", Choices.byLowerCaseName(Order.class)), Order.ASC));
  }

  /** Returns the problem that the store cannot evaluate the free text, or else the filters. */
  static ProblemException unevaluable(EventQuery query, InvalidValueException failure) {
    String message = String.valueOf(failure.getMessage());
    return new ProblemException(
        query.text() == null
            ? new Problem(
                ProblemType.INVALID_PARAMETER, "Nothing was read. What is filtered by " + message)
            : new Problem(
                ProblemType.INVALID_PARAMETER,
                "Nothing was read. Correct what errors names.",
                List.of(new Fault(TEXT, message))));
  }

  /** Returns these parameters with another order. */
  QueryParameters in(Order other) {
    return new QueryParameters(from, to, zone, types, filters, text, other);
  }

  /** Returns a fingerprint of the parameters, with relative times as they were typed. */
  Fingerprint fingerprint() {
    SortedMap<String, List<String>> asked = new TreeMap<>();
    asked.put("from", from == null ? List.of() : List.of(from.text()));
    asked.put("to", to == null ? List.of() : List.of(to.text()));
    asked.put("tz", List.of(zone.getId()));
    asked.put("type", types.stream().map(Enum::name).sorted().toList());
    filters.forEach(filter -> asked.put("=" + filter.path(), List.copyOf(filter.values())));
    asked.put(TEXT, text == null ? List.of() : List.of(text));
    asked.put("order", List.of(order.name()));
    return Fingerprint.of(asked);
  }

  /**
   * Resolves relative times.
   *
   * @param parameters collects errors; after one the result must not be used
   */
  EventQuery at(Instant now, Parameters parameters) {
    Instant first =
        from == null ? null : parameters.attempt("from", () -> from.time().first(now, zone));
    Instant last = to == null ? null : parameters.attempt("to", () -> to.time().last(now, zone));
    if (first != null && last != null && first.isAfter(last)) {
      parameters.fault("from", whyAfter(first, last, now));
      last = null;
    }
    return between(first, last, now, parameters);
  }

  private String whyAfter(Instant first, Instant last, Instant now) {
    return isSkipped(from, now) && isSkipped(to, now)
        ? "and to lie in times that the clocks of %s skipped when they were put forward, at %s"
            .formatted(zone, first)
        : "lies after to: in UTC, from is %s and to is %s".formatted(first, last);
  }

  /** Whether no clock of the zone ever showed it. */
  private boolean isSkipped(@Nullable Bound bound, Instant now) {
    try {
      return bound != null && bound.time().first(now, zone).isAfter(bound.time().last(now, zone));
    } catch (InvalidValueException e) {
      // Only the end of its span that is a bound is known to lie within the years 1 to 9999.
      return false;
    }
  }

  /** Returns the query with these bounds; relative times in the free text are resolved. */
  EventQuery between(
      @Nullable Instant first, @Nullable Instant last, Instant now, Parameters parameters) {
    KqlQuery kql =
        text == null ? null : parameters.attempt(TEXT, () -> KqlQuery.parse(text, zone, now));
    return new EventQuery(first, last, types, filters, kql, order);
  }
}
