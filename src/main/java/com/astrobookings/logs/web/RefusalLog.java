package com.astrobookings.logs.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators that something is refused, and that it is taken again: a line when either begins,
 * and in between one a minute at most. The lines together count everything that was refused. Safe
 * for use by several threads.
 */
public final class RefusalLog implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);

  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** Some requests may succeed while others fail: only this long without a refusal is an end. */
  private static final Duration CALM = Duration.ofSeconds(10);

  private final String what;
  private final Clock clock;
  private final Tally untold = new Tally();
  private final Tally all = new Tally();
  private volatile boolean refusing;
  private Instant first = Instant.EPOCH;
  private Instant last = Instant.EPOCH;
  private Instant told = Instant.EPOCH;

  /**
   * A log that has nothing to tell yet.
   *
   * @param what may be refused, in the plural
   */
  public RefusalLog(String what, Clock clock) {
    this.what = what;
    this.clock = clock;
  }

  /**
   * Notes that a request was refused, or a part of it.
   *
   * @param count how many of what it holds; at least one
   * @param reason why, for operators
   */
  public synchronized void refused(int count, String reason) {
    last = clock.instant();
    untold.add(count);
    all.add(count);
    if (!refusing) {
      refusing = true;
      first = last;
      log.warn("{} are refused, first {}: {}", what, untold, reason);
      tell();
    } else if (!last.isBefore(told.plus(PERIOD))) {
      log.warn("{} are still refused, since the last such line {}: {}", what, untold, reason);
      tell();
    }
  }

  /**
   * Notes that the event store took or answered a request. Costs one volatile read in good times.
   */
  public void taken() {
    if (refusing) {
      calm();
    }
  }

  private synchronized void calm() {
    if (refusing && !clock.instant().isBefore(last.plus(CALM))) {
      log.info("{} are taken again; from {} to {} were refused {}", what, first, last, all);
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
    if (untold.count > 0) {
      log.warn(
          "{} were refused until the service ended, since the last such line {}", what, untold);
      untold.clear();
    }
  }

  /** How many of what is refused, in how many requests. */
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
