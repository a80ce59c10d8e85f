package com.astrobookings.logs.event.value;

import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.Year;
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
import org.jspecify.annotations.Nullable;

/** Parses instants as producers spell them. */
final class Timestamps {

  /** More characters than any spelling has. */
  private static final int MAX_SIZE = 64;

  private static final long INVALID = Long.MIN_VALUE;

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

  /**
   * Parses ISO-8601 with an offset, or {@code yyyy-MM-dd HH:mm:ss[.fraction]} in UTC.
   *
   * @return null if the text is neither
   */
  static @Nullable Instant parse(String text) {
    Instant instant = parseUsual(text);
    return instant == null ? parseWithFormatters(text) : instant;
  }

  /**
   * Parses what producers usually send, without a formatter: seconds are stated, and the offset is
   * absent, {@code Z} or {@code ±HH:MM}.
   *
   * @return null if the text is anything else, valid or not
   */
  private static @Nullable Instant parseUsual(String text) {
    int length = text.length();
    if (length < 19 || length > MAX_SIZE || !isSeparated(text)) {
      return null;
    }
    int end = length > 19 && text.charAt(19) == '.' ? fractionEnd(text) : 19;
    long nanos = end == 19 ? 0 : nanos(text, end);
    long offset = offset(text, end);
    long day = epochDay(text);
    long hour = number(text, 11, 13);
    long minute = number(text, 14, 16);
    long second = number(text, 17, 19);
    return offset == INVALID
            || day == INVALID
            || nanos < 0
            || !isWithin(hour, 23)
            || !isWithin(minute, 59)
            || !isWithin(second, 59)
        ? null
        : Instant.ofEpochSecond(day * 86_400 + hour * 3_600 + minute * 60 + second - offset, nanos);
  }

  private static boolean isSeparated(String text) {
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && text.charAt(13) == ':'
        && text.charAt(16) == ':';
  }

  private static boolean isWithin(long value, int max) {
    return value >= 0 && value <= max;
  }

  /** The end of the fraction, of at most nine digits, that begins at the point at 19. */
  private static int fractionEnd(String text) {
    int end = 20;
    while (end < text.length() && end < 29 && isDigit(text.charAt(end))) {
      end++;
    }
    return end == 20 ? 19 : end;
  }

  private static long nanos(String text, int end) {
    long nanos = number(text, 20, end);
    for (int i = end; i < 29; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /**
   * The number between two places, or a negative one if another character than a digit is there.
   */
  private static long number(String text, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!isDigit(c)) {
        return INVALID;
      }
      number = 10 * number + c - '0';
    }
    return number;
  }

  private static long epochDay(String text) {
    long year = number(text, 0, 4);
    long month = number(text, 5, 7);
    long day = number(text, 8, 10);
    return year < 0
            || month < 1
            || month > 12
            || day < 1
            || day > Month.of((int) month).length(Year.isLeap(year))
        ? INVALID
        : LocalDate.of((int) year, (int) month, (int) day).toEpochDay();
  }

  /** The offset at the end of the text in seconds, or {@link #INVALID}. */
  private static long offset(String text, int from) {
    int length = text.length() - from;
    if (text.charAt(10) == ' ') {
      return length == 0 ? 0 : INVALID;
    }
    if (text.charAt(10) != 'T' || length == 0) {
      return INVALID;
    }
    char sign = text.charAt(from);
    if (sign == 'Z') {
      return length == 1 ? 0 : INVALID;
    }
    if (length != 6 || (sign != '+' && sign != '-') || text.charAt(from + 3) != ':') {
      return INVALID;
    }
    long hours = number(text, from + 1, from + 3);
    long minutes = number(text, from + 4, from + 6);
    long seconds = hours * 3_600 + minutes * 60;
    return isWithin(hours, 17) && isWithin(minutes, 59)
        ? (sign == '-' ? -seconds : seconds)
        : INVALID;
  }

  static @Nullable Instant parseWithFormatters(String text) {
    if (text.length() > MAX_SIZE) {
      return null;
    }
    if (text.indexOf(' ') == 10) {
      return parse(text, AS_UTC)
          .map(parsed -> LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC))
          .orElse(null);
    }
    return WITH_OFFSET.stream()
        .flatMap(formatter -> parse(text, formatter).stream())
        .findFirst()
        .map(Instant::from)
        .orElse(null);
  }

  /** What keeps {@code text}, which {@link #parse} does not know, from being an instant. */
  static String fault(String text) {
    Matcher spelled = SPELLED.matcher(text.length() > MAX_SIZE ? "" : text);
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
