package com.astrobookings.logs.benchmark;

import com.astrobookings.logs.testing.ChunkedResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An export of many events from one month, and the same events read directly from a point in time:
 * one page after the other, of which nothing is read but the position of the last event.
 */
final class Exports {

  static final List<String> HEAD =
      List.of(
          "| events | side | events/s | first byte ms | its µs | node µs | ratio |",
          "|---|---|---|---|---|---|---|");

  private static final int PAGE = 2_000;
  private static final Pattern SORT = Pattern.compile("\"sort\":(\\[[^\\]]*])");
  private static final Pattern POINT = Pattern.compile("\"(?:id|pit_id)\":\"([^\"]+)\"");

  private final Sides sides;
  private final String index;

  Exports(Sides sides, String index) {
    this.sides = sides;
    this.index = index;
  }

  /** One reading of all events. */
  private record Turn(long events, Duration time, Duration first, Duration service, Duration node) {

    double rate() {
      return events * 1e9 / time.toNanos();
    }
  }

  @FunctionalInterface
  private interface Reading {
    /** Reads all events and returns how many, and the nanoseconds to the first byte. */
    long[] read(long start) throws Exception;
  }

  /** A line of the report for each side; the first turn of each is not counted. */
  List<String> run(int rounds) throws Exception {
    List<Turn> direct = new ArrayList<>();
    List<Turn> service = new ArrayList<>();
    List<Turn> table = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      Turn one = turn(this::direct);
      Turn other = turn(start -> export("", start));
      Turn csv = turn(start -> export("&format=csv", start));
      if (round > 0) {
        direct.add(one);
        service.add(other);
        table.add(csv);
      }
    }
    return List.of(
        line("direct", direct, direct),
        line("service, NDJSON", service, direct),
        line("service, CSV", table, direct));
  }

  private Turn turn(Reading reading) throws Exception {
    Duration service = sides.service().usage().processorTime();
    Duration node = sides.node().processorTime();
    long start = System.nanoTime();
    long[] read = reading.read(start);
    return new Turn(
        read[0],
        Duration.ofNanos(System.nanoTime() - start),
        Duration.ofNanos(read[1]),
        sides.service().usage().processorTime().minus(service),
        sides.node().processorTime().minus(node));
  }

  private long[] export(String format, long start) throws IOException {
    URI uri =
        sides.service().uri().resolve("/api/v1/logs/export?from=2024-09-01&to=2024-09-30" + format);
    byte[] buffer = new byte[64 * 1024];
    try (ChunkedResponse export = ChunkedResponse.get(uri, "")) {
      long first = -1;
      while (export.read(buffer, 0, buffer.length) >= 0) {
        first = first < 0 ? System.nanoTime() - start : first;
      }
      return new long[] {Long.parseLong(export.trailers().get("X-Export-Count")), first};
    }
  }

  private long[] direct(long start) throws Exception {
    URI open = sides.elasticsearch().resolve("/" + index + "/_pit?keep_alive=1m");
    String point = first(POINT, Http.post(open, "application/json", ""));
    URI search = sides.elasticsearch().resolve("/_search");
    long events = 0;
    long first = 0;
    String after = "";
    int count = PAGE;
    while (count == PAGE) {
      String body =
          """
          {"size":%d,"track_total_hits":false,"sort":["@timestamp","event.id"],\
          "pit":{"id":"%s","keep_alive":"1m"}%s}\
          """
              .formatted(PAGE, point, after);
      String page = Http.post(search, "application/json", body);
      first = first == 0 ? System.nanoTime() - start : first;
      count = 0;
      Matcher sort = SORT.matcher(page);
      while (sort.find()) {
        count++;
        after = ",\"search_after\":" + sort.group(1);
      }
      events += count;
    }
    Http.delete(sides.elasticsearch().resolve("/_pit"), "{\"id\":\"%s\"}".formatted(point));
    return new long[] {events, first};
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException(text);
    }
    return matcher.group(1);
  }

  private static String line(String side, List<Turn> own, List<Turn> base) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      ratios.add(own.get(i).rate() / base.get(i).rate());
    }
    ratios.sort(null);
    Turn middle =
        own.stream()
            .sorted((a, b) -> Double.compare(a.rate(), b.rate()))
            .toList()
            .get(own.size() / 2);
    return String.format(
        Locale.ROOT,
        "| %,d | %s | %,.0f | %d | %s | %.1f | %.2f (%.2f to %.2f) |",
        middle.events(),
        side,
        middle.rate(),
        middle.first().toMillis(),
        side.equals("direct") ? "–" : "%.1f".formatted(micros(middle.service(), middle.events())),
        micros(middle.node(), middle.events()),
        ratios.get(ratios.size() / 2),
        ratios.getFirst(),
        ratios.getLast());
  }

  private static double micros(Duration time, long events) {
    return time.toNanos() / 1e3 / events;
  }
}
