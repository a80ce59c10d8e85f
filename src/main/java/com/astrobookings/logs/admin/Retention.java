package com.astrobookings.logs.admin;

import java.time.Instant;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.springframework.boot.convert.PeriodStyle;

/**
 * How long events are kept. A month is dropped when the period has passed since its end, so that no
 * event is dropped earlier.
 *
 * @param period positive; calendar periods count from the end of the month, in UTC
 */
record Retention(Period period) {

  /** A thousand years: more overflows the calendar. */
  private static final int MAX_MONTHS = 12_000;

  Retention {
    if (period.isZero() || period.isNegative() || period.toTotalMonths() > MAX_MONTHS) {
      throw new IllegalArgumentException(
          "logs.retention must be a positive period such as 24m, not " + period);
    }
  }

  /**
   * Parses a period as configuration states it: {@code 24m} (months), {@code 2y}, {@code 90d} or
   * ISO-8601.
   *
   * @throws IllegalArgumentException if it is not a positive period
   */
  static Retention parse(String text) {
    return new Retention(PeriodStyle.detectAndParse(text));
  }

  /** Returns the instant from which the month is dropped. */
  Instant dropAt(YearMonth month) {
    return month.plusMonths(1).atDay(1).plus(period).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Returns whether the month is to be dropped at this time. */
  boolean isDue(YearMonth month, Instant time) {
    return !time.isBefore(dropAt(month));
  }
}
