package com.astrobookings.logs.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators that events are refused, and that they are taken again: a line when either
 * begins, and in between one a minute at most. The lines together count every refused event. Safe
 * for use by several threads.
 */
final class RefusalLog implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);

  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** Some requests may succeed while others fail: only this long without a refusal is an end. */
  private static final Duration CALM = Duration.ofSeconds(10);

  private final Clock clock;
  private final Tally untold = new Tally();
  private final Tally all = new Tally();
  private volatile boolean refusing;
  private Instant first = Instant.EPOCH;
  private Instant last = Instant.EPOCH;
  private Instant told = Instant.EPOCH;

  RefusalLog(Clock clock) {
    this.clock = clock;
  }

  /**
   * Notes that events of a request were refused.
   *
   * @param events how many; at least one
   * @param reason why, for operators
   */
  synchronized void refused(int events, String reason) {
    last = clock.instant();
    untold.add(events);
    all.add(events);
    if (!refusing) {
      refusing = true;
      first = last;
      log.warn("Events are refused, first {}: {}", untold, reason);
      tell();
    } else if (!last.isBefore(told.plus(PERIOD))) {
      log.warn("Events are still refused, since the last such line {}: {}", untold, reason);
      tell();
    }
  }

  /** Notes that no event of a request was refused. Costs next to nothing in good times. */
  void taken() {
    if (refusing) {
      calm();
    }
  }

  private synchronized void calm() {
    if (refusing && !clock.instant().isBefore(last.plus(CALM))) {
      log.info("Events are taken again; from {} to {} were refused {}", first, last, all);
      refusing = false;
      untold.clear();
      all.clear();
    }
  }

  private void tell() {
    told = last;
    untold.clear();
  }

  /** Tells what has not been told. */
  @Override
  public synchronized void close() {
    if (untold.events > 0) {
      log.warn("Before the end, {} more were refused", untold);
      untold.clear();
    }
  }

  /** How many events of how many requests. */
  private static final class Tally {

    private long events;
    private long requests;

    private void add(int more) {
      events += more;
      requests++;
    }

    private void clear() {
      events = 0;
      requests = 0;
    }

    @Override
    public String toString() {
      return "%d of %d requests".formatted(events, requests);
    }
  }
}
