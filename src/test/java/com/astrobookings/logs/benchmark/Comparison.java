package com.astrobookings.logs.benchmark;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The same work, done by the service and by Elasticsearch alone, in turns.
 *
 * @param work what is done
 * @param underWay how many requests are sent before the first is answered
 * @param unit what a request has several of
 * @param units how many
 */
record Comparison(String work, int underWay, String unit, int units, Side service, Side direct) {

  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration ROUND = Duration.ofSeconds(4);
  private static final int ROUNDS = 5;

  /** A line of the report: both sides and the ratio of their throughputs, median of all rounds. */
  String run(HttpClient http) {
    service.load(http, underWay, WARM_UP);
    direct.load(http, underWay, WARM_UP);
    List<Measured> ours = new ArrayList<>();
    List<Measured> theirs = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      theirs.add(direct.load(http, underWay, ROUND));
      ours.add(service.load(http, underWay, ROUND));
      ratios.add(ours.getLast().requestsPerSecond() / theirs.getLast().requestsPerSecond());
    }
    ratios.sort(null);
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %s | %.2f (%.2f to %.2f) |",
        work,
        underWay,
        shown(Measured.together(ours)),
        shown(Measured.together(theirs)),
        ratios.get(ROUNDS / 2),
        ratios.getFirst(),
        ratios.getLast());
  }

  private String shown(Measured side) {
    return String.format(
        Locale.ROOT,
        "%,.0f %s/s, %.1f / %.1f ms",
        side.requestsPerSecond() * units,
        unit,
        side.milliseconds(50),
        side.milliseconds(99));
  }
}
