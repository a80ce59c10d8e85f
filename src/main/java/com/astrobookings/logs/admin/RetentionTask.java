package com.astrobookings.logs.admin;

import com.astrobookings.logs.admin.RetentionPlan.PlannedMonth;
import com.astrobookings.logs.store.EventMonths;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Drops the months that are older than the retention, once an hour. Does nothing if no retention is
 * configured. Every instance of the service runs it; a month that another one has dropped is
 * skipped.
 */
final class RetentionTask implements SmartLifecycle {

  static final Duration INITIAL_DELAY = Duration.ofMinutes(1);
  static final Duration INTERVAL = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(RetentionTask.class);

  private final EventMonths months;
  private final @Nullable Retention retention;
  private final Clock clock;
  private final Counter droppedMonths;
  private final Counter droppedEvents;
  private final Counter failures;
  private volatile @Nullable Disposable schedule;

  RetentionTask(
      EventMonths months, @Nullable Retention retention, Clock clock, MeterRegistry registry) {
    this.months = months;
    this.retention = retention;
    this.clock = clock;
    this.droppedMonths = registry.counter("logs.retention.dropped.months");
    this.droppedEvents = registry.counter("logs.retention.dropped.events");
    this.failures = registry.counter("logs.retention.failures");
  }

  /** Returns what the configured retention does now. */
  Mono<RetentionPlan> plan() {
    return plan(retention);
  }

  /** Returns what another retention would do now. */
  Mono<RetentionPlan> plan(@Nullable Retention other) {
    return months.list().map(inventory -> RetentionPlan.of(other, clock.instant(), inventory));
  }

  /** Drops the months that are due, oldest first. Completes also if that fails. */
  Mono<Void> run() {
    return plan()
        .doOnError(failure -> failed("The months cannot be listed", failure))
        .onErrorComplete()
        .flatMapIterable(RetentionPlan::months)
        .filter(PlannedMonth::due)
        .concatMap(this::drop)
        .then();
  }

  private Mono<Void> drop(PlannedMonth due) {
    return months
        .drop(due.month())
        .doOnNext(existed -> {
          if (existed) {
            dropped(due);
          }
        })
        .doOnError(failure -> failed("The month " + due.month() + " cannot be dropped", failure))
        .onErrorComplete()
        .then();
  }

  private void dropped(PlannedMonth month) {
    droppedMonths.increment();
    droppedEvents.increment((double) month.events());
    log.info(
        "Dropped the month {} with {} events ({} bytes): it ended more than {} ago",
        month.month(),
        month.events(),
        month.bytes(),
        retention == null ? "" : retention.period());
  }

  private void failed(String what, Throwable failure) {
    failures.increment();
    log.warn("{}; the next attempt is in {}: {}", what, INTERVAL, failure.getMessage());
  }

  @Override
  public void start() {
    if (retention != null) {
      log.info("Months are dropped {} after their end", retention.period());
      schedule =
          Flux.interval(INITIAL_DELAY, INTERVAL)
              .onBackpressureDrop()
              .concatMap(tick -> run())
              .subscribe();
    }
  }

  @Override
  public void stop() {
    Disposable running = schedule;
    if (running != null) {
      running.dispose();
      schedule = null;
    }
  }

  @Override
  public boolean isRunning() {
    return schedule != null;
  }
}
