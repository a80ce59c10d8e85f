package com.astrobookings.logs.event.value;

import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Instants as producers spell them. */
final class Timestamps {

  /** More than any spelling has. */
  private static final int LONGEST = 64;

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ISO_LOCAL_DATE.withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter MINUTES =
      new DateTimeFormatterBuilder()
          .appendValue(HOUR_OF_DAY, 2)
          .appendLiteral(':')
          .appendValue(MINUTE_OF_HOUR, 2)
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter SECONDS =
      new DateTimeFormatterBuilder()
          .appendLiteral(':')
          .appendValue(SECOND_OF_MINUTE, 2)
          .optionalStart()
          .appendFraction(NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(MINUTES)
          .appendOptional(SECONDS)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter AS_UTC =
      new DateTimeFormatterBuilder()
          .append(DATE)
          .appendLiteral(' ')
          .append(MINUTES)
          .append(SECONDS)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final List<DateTimeFormatter> WITH_OFFSET =
      List.of(withOffset("+HH:MM"), withOffset("+HHMM"), withOffset("+HH"));

  /** Spelled as above, whatever the calendar says; groups are the date and the time of day. */
  private static final Pattern SPELLED =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)"
              + "(?:[Tt](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)(?:[Zz]|[+-]\\d\\d(?::?\\d\\d)?)"
              + "| (\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?))");

  private Timestamps() {}

  /** ISO-8601 with offset, or {@code yyyy-MM-dd HH:mm:ss[.fraction]} in UTC; empty if neither. */
  static Optional<Instant> parse(String text) {
    if (text.indexOf(' ') == 10) {
      return parse(text, AS_UTC)
          .map(parsed -> LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC));
    }
    return WITH_OFFSET.stream()
        .flatMap(formatter -> parse(text, formatter).stream())
        .findFirst()
        .map(Instant::from);
  }

  /** What keeps {@code text}, which {@link #parse} does not know, from being an instant. */
  static String fault(String text) {
    Matcher spelled = SPELLED.matcher(text.length() > LONGEST ? "" : text);
    if (!spelled.matches()) {
      return "must be ISO-8601 with an offset, such as 2024-08-11T09:30:00.123456789Z, or"
          + " yyyy-MM-dd HH:mm:ss in UTC, with at most 9 digits after the point";
    }
    if (parse(spelled.group(1), DATE).isEmpty()) {
      return "names a day that does not exist; check month and day";
    }
    String time = spelled.group(2) == null ? spelled.group(3) : spelled.group(2);
    return parse(time, TIME).isEmpty()
        ? "names a time of day that does not exist; it is from 00:00:00 to 23:59:59.999999999"
        : "names an offset that does not exist; it is from -18:00 to +18:00";
  }

  private static Optional<TemporalAccessor> parse(String text, DateTimeFormatter formatter) {
    try {
      return Optional.of(formatter.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static DateTimeFormatter withOffset(String offset) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .append(DATE)
        .appendLiteral('T')
        .append(MINUTES)
        .appendOptional(SECONDS)
        .appendOffset(offset, "Z")
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
