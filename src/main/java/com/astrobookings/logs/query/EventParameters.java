package com.astrobookings.logs.query;

import com.astrobookings.logs.store.time.TimeExpression;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.parameter.Parameters;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What the requests for one event by its id have in common. */
final class EventParameters {

  static final String TIMESTAMP = "timestamp";

  private EventParameters() {}

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
}
