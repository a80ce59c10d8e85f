package com.astrobookings.logs.event.value;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/**
 * The range and the format of instants in documents. A document holds nanoseconds since 1970 in 63
 * bits.
 */
public final class StoredInstants {

  /** The first of them. */
  public static final Instant EARLIEST = Instant.EPOCH;

  /** The last of them, in the year 2262. */
  public static final Instant LATEST = Instant.ofEpochSecond(0, Long.MAX_VALUE);

  /** The years 0 to 9999, which have four digits. */
  private static final long MIN_SECOND = -62_167_219_200L;

  private static final long MAX_SECOND = 253_402_300_799L;

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

  /**
   * Formats an instant as {@link Instant#toString} does: in UTC, with no, three, six or nine digits
   * of the second.
   */
  public static String format(Instant instant) {
    long second = instant.getEpochSecond();
    if (second < MIN_SECOND || second > MAX_SECOND) {
      return instant.toString();
    }
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    byte[] text = new byte[30];
    put(text, 0, 4, time.getYear());
    text[4] = '-';
    put(text, 5, 2, time.getMonthValue());
    text[7] = '-';
    put(text, 8, 2, time.getDayOfMonth());
    text[10] = 'T';
    put(text, 11, 2, time.getHour());
    text[13] = ':';
    put(text, 14, 2, time.getMinute());
    text[16] = ':';
    put(text, 17, 2, time.getSecond());
    int end = putFraction(text, instant.getNano());
    text[end] = 'Z';
    return new String(text, 0, end + 1, StandardCharsets.ISO_8859_1);
  }

  private static int putFraction(byte[] text, int nanos) {
    if (nanos == 0) {
      return 19;
    }
    text[19] = '.';
    put(text, 20, 9, nanos);
    return nanos % 1_000_000 == 0 ? 23 : nanos % 1_000 == 0 ? 26 : 29;
  }

  private static void put(byte[] text, int from, int digits, int number) {
    int rest = number;
    for (int i = from + digits - 1; i >= from; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
