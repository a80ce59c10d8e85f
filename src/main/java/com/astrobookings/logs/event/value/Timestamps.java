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

/** Instants as producers spell them. */
final class Timestamps {

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
