package com.astrobookings.logs.event.value;

import java.time.Duration;
import java.time.Period;

/**
 * What an event may have at most. Whatever exceeds a bound is refused, never cut. Sizes are bytes
 * of UTF-8.
 *
 * @param eventBytes the event's JSON as it was sent
 * @param stringBytes any string without a bound of its own; at most {@value #MAX_STRING_BYTES}
 * @param stackTraceBytes a stack trace
 * @param maxAge how far the timestamp may lie before the time of receipt, by the UTC calendar
 * @param maxAhead how far the timestamp may lie after the time of receipt
 */
public record EventLimits(
    int eventBytes, int stringBytes, int stackTraceBytes, Period maxAge, Duration maxAhead) {

  /** Lucene refuses a term of more bytes than this. */
  public static final int MAX_STRING_BYTES = 32_766;

  /** Checks that Elasticsearch can hold whatever the bounds allow. */
  public EventLimits {
    positive(eventBytes, "an event");
    positive(stringBytes, "a string");
    positive(stackTraceBytes, "a stack trace");
    if (stringBytes > MAX_STRING_BYTES) {
      throw new IllegalArgumentException(
          "Elasticsearch holds strings of at most "
              + MAX_STRING_BYTES
              + " bytes, not "
              + stringBytes);
    }
    if (maxAge.isNegative() || maxAhead.isNegative()) {
      throw new IllegalArgumentException("The bounds of the timestamp must not be negative");
    }
  }

  private static void positive(int bytes, String what) {
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "The limit of " + what + " must be at least 1 byte, not " + bytes);
    }
  }
}
