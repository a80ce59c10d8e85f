package com.astrobookings.logs.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was measured of one side.
 *
 * @param latencies of all answered requests in nanoseconds, ascending
 * @param taken how long all of them took together
 * @param side processor time of the process that answered
 * @param node that of Elasticsearch
 * @param load that of the process which sent the requests
 */
record Measured(List<Long> latencies, Duration taken, Duration side, Duration node, Duration load) {

  static Measured together(List<Measured> rounds) {
    return rounds.stream().reduce(Measured::plus).orElseThrow();
  }

  private Measured plus(Measured other) {
    return new Measured(
        Stream.concat(latencies.stream(), other.latencies.stream()).sorted().toList(),
        taken.plus(other.taken),
        side.plus(other.side),
        node.plus(other.node),
        load.plus(other.load));
  }

  double requestsPerSecond() {
    return latencies.size() * 1e9 / taken.toNanos();
  }

  /** Microseconds of that processor time for each request. */
  double micros(Duration processorTime) {
    return processorTime.toNanos() / 1e3 / latencies.size();
  }

  /** The time in which so many of a hundred requests were answered, in milliseconds. */
  double milliseconds(int percentile) {
    return latencies.get(latencies.size() * percentile / 100) / 1e6;
  }
}
