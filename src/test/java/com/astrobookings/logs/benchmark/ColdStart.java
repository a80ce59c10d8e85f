package com.astrobookings.logs.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The first minute of an instance that has just been started, with 16 single events under way. */
final class ColdStart {

  static final List<String> HEAD =
      List.of(
          "| start | takes requests after | events/s in second 1 | 2 | 5 | 10 | 15 | 30 | 60 |"
              + " half speed after |",
          "|---|---|---|---|---|---|---|---|---|---|");

  private static final List<Integer> SHOWN = List.of(1, 2, 5, 10, 15, 30, 60);

  private ColdStart() {}

  /** A line of the report. */
  static String run(String name, List<String> jvm, List<String> program, Sides sides, Corpus corpus)
      throws Exception {
    Side.Requests requests = Side.post(Side.text("/api/v1/logs"), corpus.event(202403));
    Load load = new Load(16, sides.node());
    // Elasticsearch itself shall be warm.
    load.warmUp(sides.service(requests, "\"stored\":1"), Duration.ofSeconds(40));
    List<Double> rates = new ArrayList<>();
    try (Server cold = Server.instance(jvm, program, sides.elasticsearch())) {
      Side side = new Side(name, cold.uri(), cold.usage(), requests, "\"stored\":1");
      while (rates.size() < SHOWN.getLast()) {
        rates.add(load.run(side, Duration.ofSeconds(1)).requestsPerSecond());
      }
      return line(name, cold.startTime(), rates);
    }
  }

  private static String line(String name, Duration start, List<Double> rates) {
    double half = rates.stream().skip(rates.size() - 10).sorted().toList().get(5) / 2;
    StringBuilder line = new StringBuilder("| %s | ".formatted(name));
    line.append(String.format(Locale.ROOT, "%.1f s |", start.toMillis() / 1e3));
    for (int second : SHOWN) {
      line.append(String.format(Locale.ROOT, " %,.0f |", rates.get(second - 1)));
    }
    int reached = 0;
    while (rates.get(reached) < half) {
      reached++;
    }
    return line.append(" %d s |".formatted(reached + 1)).toString();
  }
}
