package com.astrobookings.logs.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.store.EventMonths;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.web.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class RetentionTaskTests {

  private final Months months = new Months();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TestClock clock = new TestClock();

  @AfterEach
  void realTime() {
    VirtualTimeScheduler.reset();
  }

  @Test
  void runsEveryHourFromTheFirstMinuteOn() {
    VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    RetentionTask task = task(Retention.parse("1m"));
    task.start();
    assertThat(months.lists).isZero();

    time.advanceTimeBy(RetentionTask.INITIAL_DELAY);
    assertThat(months.lists).isEqualTo(1);
    assertThat(months.existing).containsExactly(YearMonth.of(2024, 7), YearMonth.of(2024, 8));

    time.advanceTimeBy(RetentionTask.INTERVAL.multipliedBy(2));
    assertThat(months.lists).isEqualTo(3);

    task.stop();
    time.advanceTimeBy(RetentionTask.INTERVAL.multipliedBy(2));
    assertThat(months.lists).isEqualTo(3);
    assertThat(task.isRunning()).isFalse();
  }

  @Test
  void doesNothingWithoutARetention() {
    VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    RetentionTask task = task(null);
    task.start();
    time.advanceTimeBy(RetentionTask.INTERVAL.multipliedBy(3));

    assertThat(task.isRunning()).isFalse();
    assertThat(months.lists).isZero();
  }

  @Test
  void countsWhatItDropped() {
    task(Retention.parse("1m")).run().block();

    assertThat(months.dropped).containsExactly(YearMonth.of(2024, 5), YearMonth.of(2024, 6));
    assertThat(count("dropped.months")).isEqualTo(2);
    assertThat(count("dropped.events")).isEqualTo(20);
    assertThat(count("failures")).isZero();
  }

  @Test
  void aMonthThatCannotBeDroppedDoesNotKeepTheOthers() {
    months.stuck = YearMonth.of(2024, 5);

    task(Retention.parse("1m")).run().block();

    assertThat(months.dropped).containsExactly(YearMonth.of(2024, 6));
    assertThat(count("dropped.months")).isEqualTo(1);
    assertThat(count("failures")).isEqualTo(1);
  }

  @Test
  void aMonthThatAnotherInstanceHasDroppedIsNotCounted() {
    months.gone = YearMonth.of(2024, 5);

    task(Retention.parse("1m")).run().block();

    assertThat(count("dropped.months")).isEqualTo(1);
    assertThat(count("failures")).isZero();
  }

  @Test
  void aStoreThatDoesNotAnswerIsAskedAgainLater() {
    VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    months.away = true;
    RetentionTask task = task(Retention.parse("1m"));
    task.start();
    time.advanceTimeBy(RetentionTask.INITIAL_DELAY);
    assertThat(count("failures")).isEqualTo(1);

    months.away = false;
    time.advanceTimeBy(RetentionTask.INTERVAL);
    assertThat(count("dropped.months")).isEqualTo(2);
    task.stop();
  }

  private RetentionTask task(@Nullable Retention retention) {
    return new RetentionTask(months, retention, clock, registry);
  }

  private double count(String name) {
    return registry.counter("logs.retention." + name).count();
  }

  /** Four months with ten events each; the clock stands in the last of them. */
  private static final class Months implements EventMonths {

    private final Set<YearMonth> existing =
        new TreeSet<>(
            List.of(
                YearMonth.of(2024, 5),
                YearMonth.of(2024, 6),
                YearMonth.of(2024, 7),
                YearMonth.of(2024, 8)));

    private final List<YearMonth> dropped = new ArrayList<>();
    private int lists;
    private boolean away;
    private @Nullable YearMonth stuck;
    private @Nullable YearMonth gone;

    @Override
    public Mono<Inventory> list() {
      return Mono.fromSupplier(() -> {
        lists++;
        if (away) {
          throw new StoreUnavailableException("away", null);
        }
        return new Inventory(
            Instant.parse("2026-11-24T00:00:00Z"),
            existing.stream().map(month -> new Month(month, 10, 4096)).toList());
      });
    }

    @Override
    public Mono<Boolean> drop(YearMonth month) {
      return Mono.fromSupplier(() -> {
        if (month.equals(stuck)) {
          throw new StoreUnavailableException("stuck", null);
        }
        if (month.equals(gone)) {
          return false;
        }
        dropped.add(month);
        return existing.remove(month);
      });
    }
  }
}
