package com.astrobookings.logs.store.time;

import com.astrobookings.logs.event.value.InvalidValueException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date or time that does not depend on now.
 *
 * @param begin the first nanosecond of its span
 * @param end the last nanosecond of its span
 * @param offset its UTC offset; null if it has none
 */
record StatedTime(LocalDateTime begin, LocalDateTime end, @Nullable ZoneOffset offset)
    implements TimeExpression {

  private static final Pattern CALENDAR =
      Pattern.compile(
          "(?<date>\\d{4}-\\d\\d-\\d\\d)"
              + "(?:[Tt ](?<minute>\\d\\d:\\d\\d)"
              + "(?::(?<second>\\d\\d)(?:\\.(?<fraction>\\d{1,9}))?)?"
              + "(?<offset> ?[Zz]|(?: ?[+-]| {1,2})\\d\\d(?::?\\d\\d)?)?)?");

  private static final Pattern MILLISECONDS = Pattern.compile("0|[1-9]\\d{10,14}");

  static StatedTime parse(String text) {
    if (MILLISECONDS.matcher(text).matches()) {
      return milliseconds(Long.parseLong(text));
    }
    Matcher matcher = CALENDAR.matcher(text);
    if (!matcher.matches()) {
      throw TimeSyntax.notATime();
    }
    try {
      return calendar(matcher);
    } catch (DateTimeException e) {
      throw new InvalidValueException("names a date, time or offset that does not exist");
    }
  }

  private static StatedTime milliseconds(long millis) {
    LocalDateTime begin = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    return new StatedTime(begin, begin.plusNanos(999_999), ZoneOffset.UTC);
  }

  private static StatedTime calendar(Matcher matcher) {
    LocalDate date = LocalDate.parse(matcher.group("date"));
    @Nullable String minute = matcher.group("minute");
    if (minute == null) {
      return new StatedTime(date.atStartOfDay(), date.atTime(LocalTime.MAX), null);
    }
    @Nullable String second = matcher.group("second");
    @Nullable String fraction = matcher.group("fraction");
    String most = minute + ":" + (second == null ? "00" : second);
    LocalDateTime begin = date.atTime(LocalTime.parse(most));
    ZoneOffset offset = offset(matcher.group("offset"));
    if (second == null) {
      return span(begin, ChronoUnit.MINUTES.getDuration().toNanos(), offset);
    }
    return fraction == null
        ? span(begin, 1_000_000_000, offset)
        : ofFraction(begin, fraction, offset);
  }

  private static StatedTime ofFraction(
      LocalDateTime second, String fraction, @Nullable ZoneOffset offset) {
    long nanosPerDigit = 1;
    for (int i = fraction.length(); i < 9; i++) {
      nanosPerDigit *= 10;
    }
    long nanos = Long.parseLong(fraction) * nanosPerDigit;
    return span(second.plusNanos(nanos), nanosPerDigit, offset);
  }

  private static StatedTime span(LocalDateTime begin, long nanos, @Nullable ZoneOffset offset) {
    return new StatedTime(begin, begin.plusNanos(nanos - 1), offset);
  }

  private static @Nullable ZoneOffset offset(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String stated = text.strip();
    return ZoneOffset.of(Character.isDigit(stated.charAt(0)) ? "+" + stated : upperCase(stated));
  }

  private static String upperCase(String stated) {
    return stated.equals("z") ? "Z" : stated;
  }

  @Override
  public Instant first(Instant now, ZoneId zone) {
    return TimeSyntax.inRange(WallClock.first(begin, zoneOr(zone)));
  }

  @Override
  public Instant last(Instant now, ZoneId zone) {
    return TimeSyntax.inRange(WallClock.last(end, zoneOr(zone)));
  }

  private ZoneId zoneOr(ZoneId zone) {
    return offset == null ? zone : offset;
  }
}
