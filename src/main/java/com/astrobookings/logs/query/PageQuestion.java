package com.astrobookings.logs.query;

import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.Cursor;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.Fingerprint;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import com.astrobookings.logs.store.Position;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.parameter.Choices;
import com.astrobookings.logs.web.parameter.Parameters;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A question whose answer comes in pages, and which page is asked for.
 *
 * @param query what is asked, the same for all pages of a reading
 * @param page which part of it
 * @param asked when the first page was asked for
 * @param fingerprint tells the question from others
 */
record PageQuestion(EventQuery query, PageRequest page, Instant asked, Fingerprint fingerprint) {

  static final String CURSOR = "cursor";

  private static final int DEFAULT_LIMIT = 100;
  private static final Pattern LIMIT = Pattern.compile("[1-9]\\d{0,3}");

  /**
   * Reads the question.
   *
   * @param now what {@code now} means on the first page; later ones keep to that
   * @param copies names the shard copies of a reading that begins
   * @throws ProblemException if anything about the parameters is wrong
   */
  static PageQuestion read(Parameters parameters, Instant now, Supplier<String> copies) {
    Question question = Question.read(parameters);
    Fingerprint fingerprint = question.fingerprint();
    int limit =
        Objects.requireNonNullElse(parameters.one("limit", PageQuestion::limit), DEFAULT_LIMIT);
    TotalMode total =
        Objects.requireNonNullElse(
            parameters.one("total", Choices.byLowerCaseName(TotalMode.class)), TotalMode.BOUNDED);
    Cursor cursor = parameters.one(CURSOR, Cursor::decode);
    if (cursor != null && !parameters.faulty() && !cursor.question().equals(fingerprint)) {
      parameters.fault(
          CURSOR,
          "belongs to another question; repeat all parameters of the first page (only limit and"
              + " total may change), or leave the cursor out to begin again");
    }
    EventQuery query =
        cursor == null
            ? question.at(now, parameters)
            : question.between(cursor.from(), cursor.to(), cursor.asked(), parameters);
    parameters.finish("Nothing was read");
    return cursor == null
        ? new PageQuestion(
            query, new PageRequest(limit, null, copies.get(), total), now, fingerprint)
        : new PageQuestion(
            query,
            new PageRequest(limit, cursor.last(), cursor.copies(), total),
            cursor.asked(),
            fingerprint);
  }

  private static Integer limit(String text) {
    if (!LIMIT.matcher(text).matches() || Integer.parseInt(text) > PageRequest.LARGEST) {
      throw new InvalidValueException("must be an integer from 1 to " + PageRequest.LARGEST);
    }
    return Integer.valueOf(text);
  }

  /** Where to continue after {@code answer}; null if nothing follows. */
  @Nullable String next(EventPage answer) {
    Position last =
        answer.events().isEmpty() ? page.after() : Position.of(answer.events().getLast().event());
    return answer.more() && last != null
        ? new Cursor(asked, query.from(), query.to(), fingerprint, last, page.copies()).encode()
        : null;
  }
}
