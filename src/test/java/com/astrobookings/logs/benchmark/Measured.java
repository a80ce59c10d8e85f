package com.astrobookings.logs.benchmark;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** What was seen of one side. */
final class Measured {

  private final List<Long> nanoseconds;
  private final Duration taken;

  /**
   * Requests that have been answered.
   *
   * @param nanoseconds how long each of them took
   * @param taken how long all of them took together
   */
  Measured(Collection<Long> nanoseconds, Duration taken) {
    this.nanoseconds = nanoseconds.stream().sorted().toList();
    this.taken = taken;
  }

  static Measured together(List<Measured> rounds) {
    return new Measured(
        rounds.stream().flatMap(round -> round.nanoseconds.stream()).toList(),
        rounds.stream().map(round -> round.taken).reduce(Duration.ZERO, Duration::plus));
  }

  double requestsPerSecond() {
    return nanoseconds.size() * 1e9 / taken.toNanos();
  }

  /** The time in which so many of a hundred requests were answered, in milliseconds. */
  double milliseconds(int percentile) {
    return nanoseconds.get(nanoseconds.size() * percentile / 100) / 1e6;
  }
}
