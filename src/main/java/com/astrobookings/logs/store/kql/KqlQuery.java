package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.value.InvalidValueException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;

/**
 * A question in the Kibana Query Language that the store can answer: it is bounded, every field in
 * it exists and every value is one that its field can have.
 *
 * <p>The text is not what was typed, but says the same so that it can be read in one way only.
 * Parentheses state that {@code and} binds more than {@code or}, as it does in Kibana; the query of
 * Elasticsearch lets both bind alike. Times are those that {@code from} and {@code to} understand,
 * resolved: where a day is asked for, the text states its first and its last nanosecond. A pattern
 * for field names is the list of the fields that can have the value.
 *
 * @param text the question, for the {@code kql} query of Elasticsearch
 * @param fields the paths of the fields that it looks at, those of free text included
 */
public record KqlQuery(String text, SortedSet<String> fields) {

  /** Most characters. */
  public static final int LONGEST = 2_048;

  /** The fields in which words are sought that name no field. */
  public static final List<String> FREE_TEXT = EventSchema.freeText();

  /** Keeps the fields from changing. */
  public KqlQuery {
    fields = Collections.unmodifiableSortedSet(fields);
  }

  /**
   * Reads what somebody typed.
   *
   * @param zone whose clocks show the times without offset
   * @param now what {@code now} means
   * @throws InvalidValueException if it has more than {@value #LONGEST} characters, 200 terms or 32
   *     levels, begins a value with a wildcard, or cannot be understood; its messages tell the
   *     places, counted in characters from 1, of every condition that cannot be, up to the first
   *     place that cannot be read
   */
  public static KqlQuery parse(String typed, ZoneId zone, Instant now) {
    if (typed.codePointCount(0, typed.length()) > LONGEST) {
      throw new InvalidValueException("is longer than " + LONGEST + " characters");
    }
    KqlConditions conditions = new KqlConditions(zone, now);
    String text = read(typed, conditions).text();
    conditions.check();
    return new KqlQuery(text, conditions.fields());
  }

  private static Clause read(String typed, KqlConditions conditions) {
    try {
      return KqlParser.parse(typed, conditions);
    } catch (InvalidValueException unreadable) {
      throw conditions.with(unreadable);
    }
  }
}
