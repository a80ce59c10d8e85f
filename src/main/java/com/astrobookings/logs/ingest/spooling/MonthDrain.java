package com.astrobookings.logs.ingest.spooling;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** How far the events of one month have been drained, and when that goes on. */
final class MonthDrain {

  static final Duration MIN_PAUSE = Duration.ofMillis(250);
  static final Duration MAX_PAUSE = Duration.ofMillis(1_500);

  private final String month;
  private boolean running;
  private long position;
  private long lastRun;
  private long resumeAt;
  private long pause = MIN_PAUSE.toMillis();

  /** The batch after {@link #position}, which is being read; null if none is. */
  private @Nullable Mono<Optional<Batch>> next;

  MonthDrain(String month) {
    this.month = month;
  }

  String month() {
    return month;
  }

  /** The entries up to this position have been tried. */
  long position() {
    return position;
  }

  boolean isRunning() {
    return running;
  }

  boolean isDue(long now) {
    return !running && now >= resumeAt;
  }

  /** Returns when it ran last, to give each month its turn. */
  long lastRun() {
    return lastRun;
  }

  void begin(long now) {
    running = true;
    lastRun = now;
  }

  void end() {
    running = false;
  }

  /** Returns the batch that is being read, and forgets it. */
  @Nullable Mono<Optional<Batch>> takeNext() {
    Mono<Optional<Batch>> taken = next;
    next = null;
    return taken;
  }

  void readAhead(Mono<Optional<Batch>> batch) {
    next = batch;
  }

  /** Goes on after a batch. */
  void advance(long last) {
    position = last;
    pause = MIN_PAUSE.toMillis();
  }

  /** Goes on after a batch of which nothing was stored, later, and later still the next time. */
  void advanceAfterPause(long last, long now) {
    position = last;
    next = null;
    resumeAt = now + pause;
    pause = Math.min(2 * pause, MAX_PAUSE.toMillis());
  }

  /** Begins again with the oldest entry, at once. */
  void restart() {
    position = 0;
    next = null;
    resumeAt = 0;
  }
}
