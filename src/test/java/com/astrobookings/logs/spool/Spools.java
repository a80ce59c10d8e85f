package com.astrobookings.logs.spool;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** What the tests of the spool share. */
final class Spools {

  static final long MAX_BYTES = 64L << 20;
  static final long RESERVE = 8L << 20;
  static final Instant TIME = Instant.parse("2026-03-04T05:06:07.089Z");
  static final String MARCH = "2026-03";

  private Spools() {}

  static Spool open(Path folder) {
    return Spool.open(folder, MAX_BYTES, RESERVE);
  }

  static SpoolEntry entry(String partition, String key, String value) {
    return new SpoolEntry(partition, key, TIME, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Entries of one partition, with keys of ascending numbers. */
  static List<SpoolEntry> entries(int from, int to, int bytes) {
    return IntStream.range(from, to)
        .mapToObj(number -> new SpoolEntry(MARCH, "k" + number, TIME, new byte[bytes]))
        .toList();
  }

  static List<Appended> append(Spool spool, List<SpoolEntry> entries) {
    return spool.append(entries).block();
  }

  static List<WaitingEntry> read(Spool spool, String partition, long position) {
    return spool.read(partition, position, Integer.MAX_VALUE, Long.MAX_VALUE).block();
  }

  static List<String> keys(List<WaitingEntry> entries) {
    return entries.stream().map(waiting -> waiting.entry().key()).toList();
  }

  static String text(SpoolEntry entry) {
    return new String(entry.value(), StandardCharsets.UTF_8);
  }

  /** Appends until there is no room for one more; returns the number that was accepted. */
  static int fill(Spool spool, int bytes) {
    int number = 0;
    for (int size = 100; size > 0; size /= 10) {
      List<SpoolEntry> next = entries(number, number + size, bytes);
      while (append(spool, next).getFirst() instanceof Appended.Accepted) {
        number += size;
        next = entries(number, number + size, bytes);
      }
    }
    return number;
  }
}
