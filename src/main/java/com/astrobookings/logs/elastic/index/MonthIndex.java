package com.astrobookings.logs.elastic.index;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * The index that holds the events of one UTC month, and the names it goes by.
 *
 * @param month the month of the events' own timestamps
 */
public record MonthIndex(YearMonth month) {

  /** Matches the names of all months, and others that begin alike; see {@link IndexExpression}. */
  public static final String ALL = "astrobookings-events-*";

  private static final String PREFIX = "astrobookings-events-";
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu.MM", Locale.ROOT);

  /** The index of an event with this timestamp. */
  public static MonthIndex of(Instant timestamp) {
    return new MonthIndex(YearMonth.from(timestamp.atOffset(ZoneOffset.UTC)));
  }

  /** Whether an index of this name holds a month, and is not just named alike. */
  public static boolean isName(String index) {
    return named(index).isPresent();
  }

  /** Returns what follows the name of a month; empty if {@code index} is named otherwise. */
  static Optional<String> copySuffix(String index) {
    int end = PREFIX.length() + "2024.08".length();
    return index.length() > end && isName(index.substring(0, end))
        ? Optional.of(index.substring(end))
        : Optional.empty();
  }

  /** Returns the month whose index has this name; empty if there is none. */
  public static Optional<MonthIndex> named(String name) {
    if (!name.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new MonthIndex(YearMonth.parse(name.substring(PREFIX.length()), FORMAT)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The name of the index. */
  public String name() {
    return PREFIX + month.format(FORMAT);
  }

  /**
   * The name that events are written to. Only an index that this service has prepared carries it,
   * so a write that requires an alias cannot bring an index into being by itself.
   */
  public String writeAlias() {
    return name() + "-write";
  }

  /** The earliest timestamp of the month. */
  public Instant start() {
    return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** The earliest timestamp after the month. */
  public Instant end() {
    return month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  @Override
  public String toString() {
    return name();
  }
}
