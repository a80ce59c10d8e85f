package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.value.InvalidValueException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;

/**
 * A parsed query in the Kibana Query Language. It is bounded, every field in it exists, and every
 * value is one that its field can have. Immutable.
 *
 * <p>The meaning is Kibana's, with these differences. Times are those that {@code from} and {@code
 * to} understand, and cover what they state: a day is all of that day. A pattern for field names
 * means those of the matching fields that can have the value. A field that does not exist is an
 * error, not a condition that matches nothing.
 *
 * @param root what the query matches
 * @param fields the paths of the fields that it reads, those of free text included
 */
public record KqlQuery(KqlNode root, SortedSet<String> fields) {

  /** The most characters of a query. */
  public static final int MAX_LENGTH = 2_048;

  /** The fields in which words are searched that name no field, without their sub-fields. */
  public static final List<String> FREE_TEXT = EventSchema.freeText();

  /** Makes the set unmodifiable. */
  public KqlQuery {
    fields = Collections.unmodifiableSortedSet(fields);
  }

  /**
   * Parses a query.
   *
   * @param zone the zone of times without offset
   * @param now the value of {@code now}
   * @throws InvalidValueException if it has more than {@value #MAX_LENGTH} characters, 200 terms or
   *     32 levels of nesting, begins a value with a wildcard, names a field that does not exist, or
   *     does not fit the grammar. Its messages name the places, in characters from 1, of every
   *     wrong condition up to the first place that cannot be parsed
   */
  public static KqlQuery parse(String typed, ZoneId zone, Instant now) {
    if (typed.codePointCount(0, typed.length()) > MAX_LENGTH) {
      throw new InvalidValueException("is longer than " + MAX_LENGTH + " characters");
    }
    KqlConditions conditions = new KqlConditions(zone, now);
    KqlNode root = read(typed, conditions);
    conditions.check();
    return new KqlQuery(root, conditions.fields());
  }

  private static KqlNode read(String typed, KqlConditions conditions) {
    try {
      return KqlParser.parse(typed, conditions);
    } catch (InvalidValueException unreadable) {
      throw conditions.with(unreadable);
    }
  }
}
