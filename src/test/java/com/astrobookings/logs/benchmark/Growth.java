package com.astrobookings.logs.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an event costs in batches of 500, 4 under way, while an index grows. */
final class Growth {

  static final List<String> HEAD =
      List.of(
          "| stored before | events/s | service µs | node µs | both of the first |",
          "|---|---|---|---|---|");

  private static final Duration TURN = Duration.ofSeconds(10);

  private Growth() {}

  /** A line of the report for the first turn after the warm-up and after each further million. */
  static List<String> run(Side service, Usage node, long events) throws Exception {
    Load load = new Load(4, node);
    load.warmUp(service, Duration.ofSeconds(30));
    List<String> lines = new ArrayList<>();
    long stored = 0;
    long shown = 0;
    double first = 0;
    while (shown <= events) {
      Measured turn = load.run(service, TURN);
      double micros = turn.micros(turn.side().plus(turn.node())) / Corpus.BATCH;
      first = first == 0 ? micros : first;
      if (stored >= shown) {
        lines.add(line(stored, turn, micros / first));
        shown += 1_000_000;
      }
      stored += (long) turn.latencies().size() * Corpus.BATCH;
    }
    return lines;
  }

  private static String line(long stored, Measured turn, double ratio) {
    return String.format(
        Locale.ROOT,
        "| %,d | %,.0f | %.0f | %.0f | %.2f |",
        stored,
        turn.requestsPerSecond() * Corpus.BATCH,
        turn.micros(turn.side()) / Corpus.BATCH,
        turn.micros(turn.node()) / Corpus.BATCH,
        ratio);
  }
}
