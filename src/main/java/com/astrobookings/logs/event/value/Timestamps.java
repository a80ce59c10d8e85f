package com.astrobookings.logs.event.value;

import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
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

  private static final DateTimeFormatter WITH_OFFSET =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DATE)
          .appendLiteral('T')
          .append(MINUTES)
          .appendOptional(SECONDS)
          .parseLenient()
          .appendOffset("+HH:MM", "Z")
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

  private Timestamps() {}

  /** ISO-8601 with offset, or {@code yyyy-MM-dd HH:mm:ss[.fraction]} in UTC; empty if neither. */
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(
          text.indexOf(' ') == 10
              ? LocalDateTime.parse(text, AS_UTC).toInstant(ZoneOffset.UTC)
              : OffsetDateTime.parse(text, WITH_OFFSET).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
