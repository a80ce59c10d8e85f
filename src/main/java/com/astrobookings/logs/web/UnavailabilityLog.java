package com.astrobookings.logs.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that the event store is unavailable to requests, and that it is available again: one line at
 * the beginning, one a minute at most while it lasts, and one when the store has taken or answered
 * a request and nothing was refused for ten seconds. The lines together count everything that was
 * refused. Safe for use by several threads.
 */
public final class UnavailabilityLog implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(UnavailabilityLog.class);

  private static final Duration REPORT_INTERVAL = Duration.ofMinutes(1);

  /** Some requests may succeed while others fail. */
  private static final Duration MIN_TIME_WITHOUT_REFUSAL = Duration.ofSeconds(10);

  private final String what;
  private final Clock clock;
  private final Tally unlogged = new Tally();
  private final Tally all = new Tally();
  private volatile boolean refusing;
  private Instant first = Instant.EPOCH;
  private Instant last = Instant.EPOCH;
  private Instant logged = Instant.EPOCH;

  /**
   * Creates a log.
   *
   * @param what what may be refused, in the plural
   */
  public UnavailabilityLog(String what, Clock clock) {
    this.what = what;
    this.clock = clock;
  }

  /**
   * Records that a request was refused, or a part of it.
   *
   * @param count how many of its items; at least one
   * @param reason why, for operators
   */
  public synchronized void refused(int count, String reason) {
    last = clock.instant();
    unlogged.add(count);
    all.add(count);
    if (!refusing) {
      refusing = true;
      first = last;
      log.warn("{} are refused, first {}: {}", what, unlogged, reason);
      startInterval();
    } else if (!last.isBefore(logged.plus(REPORT_INTERVAL))) {
      log.warn("{} are still refused, since the last such line {}: {}", what, unlogged, reason);
      startInterval();
    }
  }

  /**
   * Records that the event store took or answered a request. Costs one volatile read in good times.
   */
  public void taken() {
    if (refusing) {
      checkEnd();
    }
  }

  private synchronized void checkEnd() {
    if (refusing && !clock.instant().isBefore(last.plus(MIN_TIME_WITHOUT_REFUSAL))) {
      log.info("{} are taken again; from {} to {} were refused {}", what, first, last, all);
      refusing = false;
      unlogged.clear();
      all.clear();
    }
  }

  private void startInterval() {
    logged = last;
    unlogged.clear();
  }

  /** Logs what has not been logged. */
  @Override
  public synchronized void close() {
    if (unlogged.count > 0) {
      log.warn(
          "{} were refused until the service ended, since the last such line {}", what, unlogged);
      unlogged.clear();
    }
  }

  /** A number of items, in a number of requests. */
  private static final class Tally {

    private long count;
    private long requests;

    private void add(int more) {
      count += more;
      requests++;
    }

    private void clear() {
      count = 0;
      requests = 0;
    }

    @Override
    public String toString() {
      return "%d in %d requests".formatted(count, requests);
    }
  }
}
