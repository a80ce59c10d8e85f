package com.astrobookings.logs.store.time;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time relative to now.
 *
 * @param steps applied to now in this order
 */
record RelativeTime(List<Step> steps) implements TimeExpression {

  private static final Pattern WHOLE =
      Pattern.compile("now(?:[+ -]\\d{0,9}[yMwdhHms]|/[yMwdhHms])*");
  private static final Pattern STEP = Pattern.compile("([+ /-])(\\d*)([yMwdhHms])");

  /** One operation on a time. */
  sealed interface Step {}

  /** Adds so many units; years to days in local time, the others as durations. */
  record Shift(long amount, ChronoUnit unit) implements Step {}

  /** Expands the time to the whole unit that contains it, in local time. */
  record Round(ChronoUnit unit) implements Step {}

  static RelativeTime parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw TimeSyntax.notATime();
    }
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    while (matcher.find()) {
      steps.add(step(matcher.group(1), matcher.group(2), unit(matcher.group(3))));
    }
    return new RelativeTime(List.copyOf(steps));
  }

  private static Step step(String sign, String digits, ChronoUnit unit) {
    if (sign.equals("/")) {
      return new Round(unit);
    }
    long amount = digits.isEmpty() ? 1 : Long.parseLong(digits);
    return new Shift(sign.equals("-") ? -amount : amount, unit);
  }

  private static ChronoUnit unit(String letter) {
    return switch (letter) {
      case "y" -> ChronoUnit.YEARS;
      case "M" -> ChronoUnit.MONTHS;
      case "w" -> ChronoUnit.WEEKS;
      case "d" -> ChronoUnit.DAYS;
      case "h", "H" -> ChronoUnit.HOURS;
      case "m" -> ChronoUnit.MINUTES;
      case "s" -> ChronoUnit.SECONDS;
      default -> throw TimeSyntax.notATime();
    };
  }

  @Override
  public Instant first(Instant now, ZoneId zone) {
    try {
      ZonedDateTime place = now.atZone(zone);
      for (Step step : steps) {
        place =
            switch (step) {
              case Shift shift -> place.plus(shift.amount(), shift.unit());
              case Round round ->
                  WallClock.first(begin(place.toLocalDateTime(), round.unit()), zone).atZone(zone);
            };
      }
      return TimeSyntax.inRange(place.toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      throw TimeSyntax.outOfRange();
    }
  }

  /**
   * From the first rounding on, computes with the first instant after the span, not with the last
   * one in it: a month after the end of February is the end of March, and not the 29th.
   */
  @Override
  public Instant last(Instant now, ZoneId zone) {
    try {
      ZonedDateTime place = now.atZone(zone);
      long beyond = 0;
      for (Step step : steps) {
        switch (step) {
          case Shift shift -> place = place.plus(shift.amount(), shift.unit());
          case Round round -> {
            place = after(place.minusNanos(beyond).toLocalDateTime(), round.unit(), zone);
            beyond = 1;
          }
        }
      }
      return TimeSyntax.inRange(place.minusNanos(beyond).toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      throw TimeSyntax.outOfRange();
    }
  }

  private static ZonedDateTime after(LocalDateTime within, ChronoUnit unit, ZoneId zone) {
    LocalDateTime end = begin(within, unit).plus(1, unit).minusNanos(1);
    return WallClock.last(end, zone).plusNanos(1).atZone(zone);
  }

  private static LocalDateTime begin(LocalDateTime within, ChronoUnit unit) {
    LocalDateTime day = within.truncatedTo(ChronoUnit.DAYS);
    return switch (unit) {
      case YEARS -> day.withDayOfYear(1);
      case MONTHS -> day.withDayOfMonth(1);
      case WEEKS -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      default -> within.truncatedTo(unit);
    };
  }
}
