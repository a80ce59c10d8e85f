package com.astrobookings.logs.query;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.ContextRequest;
import com.astrobookings.logs.store.Cursor;
import com.astrobookings.logs.store.EventContext;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.SearchAfter;
import com.astrobookings.logs.store.time.TimeExpression;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.parameter.Parameters;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request for the events around one.
 *
 * @param shared the parameters that all reads share
 * @param query the query that they make
 * @param month the UTC month of the event; null for the newest event with the id
 * @param before the number of earlier events
 * @param after the number of later events
 * @param asked when it was requested
 */
record ContextParameters(
    QueryParameters shared,
    EventQuery query,
    @Nullable YearMonth month,
    int before,
    int after,
    Instant asked) {

  static final String BEFORE = "before";
  static final String AFTER = "after";
  static final String TIMESTAMP = "timestamp";

  private static final int DEFAULT_EVENTS = 20;
  private static final Pattern COUNT = Pattern.compile("0|[1-9]\\d{0,2}");

  /**
   * Reads the parameters.
   *
   * @param now the value of {@code now}
   * @throws ProblemException if anything about the parameters is wrong
   */
  static ContextParameters read(Parameters parameters, Instant now) {
    QueryParameters shared = QueryParameters.read(parameters);
    YearMonth month = month(parameters, now);
    Integer before = parameters.one(BEFORE, ContextParameters::count);
    Integer after = parameters.one(AFTER, ContextParameters::count);
    EventQuery query = shared.at(now, parameters);
    parameters.finish("Nothing was read");
    return new ContextParameters(
        shared,
        query,
        month,
        Objects.requireNonNullElse(before, DEFAULT_EVENTS),
        Objects.requireNonNullElse(after, DEFAULT_EVENTS),
        now);
  }

  /**
   * Reads the parameter that picks the month of the event.
   *
   * @param now the value of {@code now}
   * @return null if it is absent or faulty
   */
  static @Nullable YearMonth month(Parameters parameters, Instant now) {
    TimeExpression time = parameters.one(TIMESTAMP, TimeExpression::parse);
    Instant timestamp =
        time == null ? null : parameters.attempt(TIMESTAMP, () -> time.first(now, ZoneOffset.UTC));
    return timestamp == null ? null : YearMonth.from(timestamp.atZone(ZoneOffset.UTC));
  }

  /** Returns the answer to an id that no event has. */
  static ProblemException notFound() {
    return new ProblemException(
        ProblemType.EVENT_NOT_FOUND,
        "No event has this id, or none in the month of the timestamp that was stated.");
  }

  private static Integer count(String text) {
    if (!COUNT.matcher(text).matches() || Integer.parseInt(text) > ContextRequest.MAX_EVENTS) {
      throw new InvalidValueException("must be an integer from 0 to " + ContextRequest.MAX_EVENTS);
    }
    return Integer.valueOf(text);
  }

  /** Returns the request for the events around {@code event}. */
  ContextRequest around(StoredEvent event, String preference) {
    return new ContextRequest(SearchAfter.of(event.event()), before, after, preference);
  }

  /**
   * Returns the response: the event among those around it, in the order that was asked for, with
   * the cursors of the pages before and after them.
   */
  PageResponse response(
      StoredEvent event, EventContext context, ContextRequest request, boolean personal) {
    EventPage first =
        switch (query.order()) {
          case ASC -> context.before();
          case DESC -> context.after();
        };
    EventPage last =
        switch (query.order()) {
          case ASC -> context.after();
          case DESC -> context.before();
        };
    List<StoredEvent> events = new ArrayList<>(first.events().reversed());
    events.add(event);
    events.addAll(last.events());
    return new PageResponse(
        query,
        new EventPage(events, last.more(), null),
        personal,
        first.events().size(),
        first.more() ? cursor(query.order().reversed(), events.getFirst(), request) : null,
        last.more() ? cursor(query.order(), events.getLast(), request) : null);
  }

  /** Returns a cursor of the list with the same parameters, in the order that is stated. */
  private String cursor(Order order, StoredEvent last, ContextRequest request) {
    return new Cursor(
            asked,
            query.from(),
            query.to(),
            shared.in(order).fingerprint(),
            SearchAfter.of(last.event()),
            request.preference())
        .encode();
  }
}
