package com.astrobookings.logs.store.stats;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lengths of time by which events can be counted, shortest first. Units of time begin where the
 * clocks of a zone show them to begin: a day at midnight or, where that is skipped, at the first
 * moment of the day; a week on Monday. Up to twelve hours they begin when the clocks show a
 * multiple of the length since midnight, twice if they show it twice. So each instant belongs to
 * one unit, and units follow each other without gaps. The exception are days on which clocks were
 * put back past midnight, as in St. John's until 2011: the hour after is counted with the day
 * before.
 */
public enum Interval {
  /** One second. */
  SECOND("1s", 1, ChronoUnit.SECONDS),
  /** Two seconds. */
  SECONDS_2("2s", 2, ChronoUnit.SECONDS),
  /** Five seconds. */
  SECONDS_5("5s", 5, ChronoUnit.SECONDS),
  /** Ten seconds. */
  SECONDS_10("10s", 10, ChronoUnit.SECONDS),
  /** Half a minute. */
  SECONDS_30("30s", 30, ChronoUnit.SECONDS),
  /** One minute. */
  MINUTE("1m", 1, ChronoUnit.MINUTES),
  /** Two minutes. */
  MINUTES_2("2m", 2, ChronoUnit.MINUTES),
  /** Five minutes. */
  MINUTES_5("5m", 5, ChronoUnit.MINUTES),
  /** Ten minutes. */
  MINUTES_10("10m", 10, ChronoUnit.MINUTES),
  /** A quarter of an hour. */
  MINUTES_15("15m", 15, ChronoUnit.MINUTES),
  /** Half an hour. */
  MINUTES_30("30m", 30, ChronoUnit.MINUTES),
  /** One hour. */
  HOUR("1h", 1, ChronoUnit.HOURS),
  /** Two hours. */
  HOURS_2("2h", 2, ChronoUnit.HOURS),
  /** Three hours. */
  HOURS_3("3h", 3, ChronoUnit.HOURS),
  /** Six hours. */
  HOURS_6("6h", 6, ChronoUnit.HOURS),
  /** Twelve hours. */
  HOURS_12("12h", 12, ChronoUnit.HOURS),
  /** A day of the calendar. */
  DAY("1d", 1, ChronoUnit.DAYS),
  /** A week from Monday on. */
  WEEK("1w", 1, ChronoUnit.WEEKS),
  /** A month of the calendar. */
  MONTH("1M", 1, ChronoUnit.MONTHS),
  /** A quarter of the year. */
  QUARTER("1q", 3, ChronoUnit.MONTHS),
  /** A year of the calendar. */
  YEAR("1y", 1, ChronoUnit.YEARS);

  /** The most units of time that one answer has. */
  public static final int MAX_BUCKETS = 10_000;

  /** The most units of time that {@link #readable} takes. */
  private static final int MAX_READABLE_BUCKETS = 120;

  private static final List<Interval> ALL = List.of(values());

  private final String text;
  private final int amount;
  private final ChronoUnit unit;

  Interval(String text, int amount, ChronoUnit unit) {
    this.text = text;
    this.amount = amount;
    this.unit = unit;
  }

  /** Returns how requests spell it: a number and a unit, such as {@code 15m} or {@code 1M}. */
  public String text() {
    return text;
  }

  /** Whether it is a unit of the calendar, from a day on. */
  public boolean isCalendarUnit() {
    return unit.isDateBased();
  }

  /** Returns the first instant of the unit that {@code instant} belongs to. */
  public Instant start(Instant instant, ZoneId zone) {
    LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
    if (isCalendarUnit()) {
      return startOf(local.toLocalDate()).atStartOfDay(zone).toInstant();
    }
    Instant start = resolve(floor(local), zone.getRules(), instant);
    // When clocks are put back into the midst of a unit, the rest of it is a unit of its own.
    return next(start, zone).isAfter(instant)
        ? start
        : zone.getRules().previousTransition(instant.plusNanos(1)).getInstant();
  }

  /** Returns the first instant of the unit that follows the one that begins at {@code start}. */
  public Instant next(Instant start, ZoneId zone) {
    if (isCalendarUnit()) {
      LocalDate date = startOf(LocalDate.ofInstant(start, zone));
      return date.plus(amount, unit).atStartOfDay(zone).toInstant();
    }
    ZoneRules rules = zone.getRules();
    Instant at = start;
    while (true) {
      LocalDateTime local = floor(LocalDateTime.ofInstant(at, zone)).plus(amount, unit);
      Instant end = local.toInstant(rules.getOffset(at));
      ZoneOffsetTransition change = rules.nextTransition(at);
      if (change == null || change.getInstant().isAfter(end)) {
        return end;
      }
      at = change.getInstant();
      if (!resolve(floor(LocalDateTime.ofInstant(at, zone)), rules, at).equals(start)) {
        return at;
      }
    }
  }

  /**
   * Counts the units from that of {@code first} to that of {@code last}.
   *
   * @param most where counting ends
   * @return {@code most} + 1 if there are more than {@code most}
   */
  public int count(Instant first, Instant last, ZoneId zone, int most) {
    if (ChronoUnit.SECONDS.between(first, last) / longestSeconds() > most) {
      return most + 1;
    }
    int count = 0;
    for (Instant at = start(first, zone); count <= most && !at.isAfter(last); ) {
      count++;
      at = next(at, zone);
    }
    return count;
  }

  /**
   * Returns the shortest interval with at most {@code most} units from {@code first} to {@code
   * last}; null if even years are too many.
   */
  public static @Nullable Interval shortest(Instant first, Instant last, ZoneId zone, int most) {
    return ALL.stream()
        .filter(interval -> interval.count(first, last, zone, most) <= most)
        .findFirst()
        .orElse(null);
  }

  /** Returns the interval whose units from {@code first} to {@code last} make a readable chart. */
  public static Interval readable(Instant first, Instant last, ZoneId zone) {
    Interval shortest = shortest(first, last, zone, MAX_READABLE_BUCKETS);
    return shortest == null ? YEAR : shortest;
  }

  private long longestSeconds() {
    Duration estimated = unit.getDuration().multipliedBy(amount);
    return isCalendarUnit() ? 2 * estimated.toSeconds() : estimated.toSeconds();
  }

  private LocalDate startOf(LocalDate date) {
    return switch (this) {
      case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> date.withDayOfMonth(1);
      case QUARTER -> date.with(IsoFields.DAY_OF_QUARTER, 1);
      case YEAR -> date.withDayOfYear(1);
      case DAY,
          SECOND,
          SECONDS_2,
          SECONDS_5,
          SECONDS_10,
          SECONDS_30,
          MINUTE,
          MINUTES_2,
          MINUTES_5,
          MINUTES_10,
          MINUTES_15,
          MINUTES_30,
          HOUR,
          HOURS_2,
          HOURS_3,
          HOURS_6,
          HOURS_12 ->
          date;
    };
  }

  private LocalDateTime floor(LocalDateTime local) {
    long length = unit.getDuration().multipliedBy(amount).toNanos();
    LocalDateTime midnight = local.toLocalDate().atStartOfDay();
    return midnight.plusNanos(local.toLocalTime().toNanoOfDay() / length * length);
  }

  /** Returns the last instant, up to {@code latest}, at which the clocks began to show it. */
  private static Instant resolve(LocalDateTime local, ZoneRules rules, Instant latest) {
    List<ZoneOffset> offsets = rules.getValidOffsets(local);
    for (ZoneOffset offset : offsets.reversed()) {
      Instant start = local.toInstant(offset);
      if (!start.isAfter(latest)) {
        return start;
      }
    }
    return rules.getTransition(local).getInstant();
  }
}
