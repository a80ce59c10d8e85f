package com.astrobookings.logs.query;

import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.Cursor;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.Fingerprint;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import com.astrobookings.logs.store.SearchAfter;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.parameter.Choices;
import com.astrobookings.logs.web.parameter.Parameters;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request for one page.
 *
 * @param query the query, the same for all pages
 * @param page which of its events are requested
 * @param asked when the first page was requested
 * @param fingerprint of the parameters that must not change from page to page
 */
record PageParameters(EventQuery query, PageRequest page, Instant asked, Fingerprint fingerprint) {

  static final String CURSOR = "cursor";

  private static final int DEFAULT_LIMIT = 100;
  private static final Pattern LIMIT = Pattern.compile("[1-9]\\d{0,3}");

  /**
   * Reads the parameters.
   *
   * @param now the value of {@code now} on the first page, and so on all others
   * @param preference supplies the preference of a first page
   * @throws ProblemException if anything about the parameters is wrong
   */
  static PageParameters read(Parameters parameters, Instant now, Supplier<String> preference) {
    QueryParameters shared = QueryParameters.read(parameters);
    Fingerprint fingerprint = shared.fingerprint();
    int limit =
        Objects.requireNonNullElse(parameters.one("limit", PageParameters::limit), DEFAULT_LIMIT);
    TotalMode total =
        Objects.requireNonNullElse(
            parameters.one("total", Choices.byLowerCaseName(TotalMode.class)), TotalMode.BOUNDED);
    Cursor cursor = parameters.one(CURSOR, Cursor::decode);
    if (cursor != null && !parameters.faulty() && !cursor.fingerprint().equals(fingerprint)) {
      parameters.fault(
          CURSOR,
          "belongs to other parameters; repeat all parameters of the first page (only limit and"
              + " total may change), or leave the cursor out to begin again");
    }
    EventQuery query =
        cursor == null
            ? shared.at(now, parameters)
            : shared.between(cursor.from(), cursor.to(), cursor.asked(), parameters);
    parameters.finish("Nothing was read");
    return cursor == null
        ? new PageParameters(
            query, new PageRequest(limit, null, preference.get(), total), now, fingerprint)
        : new PageParameters(
            query,
            new PageRequest(limit, cursor.last(), cursor.preference(), total),
            cursor.asked(),
            fingerprint);
  }

  private static Integer limit(String text) {
    if (!LIMIT.matcher(text).matches() || Integer.parseInt(text) > PageRequest.MAX_LIMIT) {
      throw new InvalidValueException("must be an integer from 1 to " + PageRequest.MAX_LIMIT);
    }
    return Integer.valueOf(text);
  }

  /** Returns the cursor of the page that follows {@code answer}; null if nothing follows. */
  @Nullable String next(EventPage answer) {
    SearchAfter last =
        answer.events().isEmpty()
            ? page.after()
            : SearchAfter.of(answer.events().getLast().event());
    return answer.more() && last != null
        ? new Cursor(asked, query.from(), query.to(), fingerprint, last, page.preference()).encode()
        : null;
  }
}
