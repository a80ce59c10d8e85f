package com.astrobookings.logs.paging;

import java.time.Instant;
import java.util.List;
import java.util.Random;

/** The few moments at which everything happens in one month; half of it happens at the first. */
record Moments(List<Instant> all) {

  /** Two months, up to their common border. */
  static final List<Moments> MONTHS =
      List.of(
          new Moments(
              List.of(
                  Instant.parse("2024-02-10T08:00:00Z"),
                  Instant.parse("2024-02-29T23:59:59.999999998Z"),
                  Instant.parse("2024-02-29T23:59:59.999999999Z"))),
          new Moments(
              List.of(
                  Instant.parse("2024-03-20T08:00:00Z"),
                  Instant.parse("2024-03-01T00:00:00Z"),
                  Instant.parse("2024-03-01T00:00:00.000000001Z"))));

  Instant any(Random random) {
    return random.nextBoolean() ? all.getFirst() : all.get(random.nextInt(all.size()));
  }
}
