package com.astrobookings.logs.event.value;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** The instants that a stored document can hold: nanoseconds since 1970 in 63 bits. */
public final class StoredInstants {

  /** The first of them. */
  public static final Instant EARLIEST = Instant.EPOCH;

  /** The last of them, in the year 2262. */
  public static final Instant LATEST = Instant.ofEpochSecond(0, Long.MAX_VALUE);

  private static final DateTimeFormatter NANOSECONDS =
      new DateTimeFormatterBuilder().appendInstant(9).toFormatter(Locale.ROOT);

  private StoredInstants() {}

  /**
   * How to ask for an instant: with all nine digits of the second, because Elasticsearch takes an
   * upper bound without a fraction for the end of that second.
   */
  public static String exactly(Instant instant) {
    return NANOSECONDS.format(instant);
  }
}
