package com.astrobookings.logs.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The same work, done by several sides in turns.
 *
 * @param work what is done
 * @param underWay how many requests are sent before the first is answered
 * @param events how many events a request is about
 * @param sides the first is what the others are compared with
 */
record Contest(String work, int underWay, int events, List<Side> sides) {

  static final List<String> HEAD =
      List.of(
          "| work | under way | side | events/s | p50 / p99 ms | its µs | node µs | load µs |"
              + " ratio | warm-up |",
          "|---|---|---|---|---|---|---|---|---|---|");

  /** A line of the report for each side. */
  List<String> run(Usage node, Options options) throws Exception {
    List<Side> sides = this.sides.stream().filter(options::has).toList();
    Load load = new Load(underWay, node);
    Map<Side, Duration> warmUps = new LinkedHashMap<>();
    for (Side side : sides) {
      warmUps.put(side, load.warmUp(side, options.warmUp()));
    }
    Map<Side, List<Measured>> rounds = new LinkedHashMap<>();
    for (int round = 0; round < options.rounds(); round++) {
      for (Side side : sides) {
        rounds
            .computeIfAbsent(side, first -> new ArrayList<>())
            .add(load.run(side, options.seconds()));
      }
    }
    List<Measured> base = rounds.get(sides.getFirst());
    return sides.stream()
        .map(side -> line(side, rounds.get(side), base, warmUps.get(side)))
        .toList();
  }

  private String line(Side side, List<Measured> own, List<Measured> base, Duration warmUp) {
    Measured all = Measured.together(own);
    List<Double> ratios =
        IntStream.range(0, own.size())
            .mapToObj(i -> own.get(i).requestsPerSecond() / base.get(i).requestsPerSecond())
            .sorted()
            .toList();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %s | %,.0f | %.1f / %.1f | %s | %.0f | %.0f | %.2f (%.2f to %.2f) | %d s |",
        work,
        underWay,
        side.name(),
        all.requestsPerSecond() * events,
        all.milliseconds(50),
        all.milliseconds(99),
        side.name().equals("direct") ? "–" : "%.0f".formatted(all.micros(all.side()) / events),
        all.micros(all.node()) / events,
        all.micros(all.load()) / events,
        ratios.get(ratios.size() / 2),
        ratios.getFirst(),
        ratios.getLast(),
        warmUp.toSeconds());
  }
}
