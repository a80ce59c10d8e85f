package com.astrobookings.logs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.TestClock;
import com.astrobookings.logs.web.UnavailabilityLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class AdmissionControlTests {

  private static final int MAX_LIMIT = 25_000_000;
  private static final int BATCH = 130_000;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private long now;
  private final AdmissionControl control =
      new AdmissionControl(
          MAX_LIMIT, () -> now, new UnavailabilityLog("Write requests", new TestClock()), registry);

  @Test
  void admitsEverythingWhileWritesAreFast() {
    Load load = new Load(4_000_000, 2_000_000, BATCH);

    load.run(60);

    assertThat(load.refused).isZero();
    assertThat(load.latency(1.0)).isLessThan(0.1);
  }

  @ParameterizedTest
  @ValueSource(ints = {3_000, BATCH, 2_000_000})
  void storesWhatTheStoreCanAndRefusesTheRest(int size) {
    Load load = new Load(4_000_000, 8_000_000, size);
    load.run(10);
    load.reset();

    load.run(30);

    assertThat(load.stored).as("stored").isGreaterThan((long) (0.95 * 30 * 4_000_000));
    assertThat(load.latency(0.99)).as("latency").isLessThan(1.7);
  }

  @Test
  void neverLetsAWriteWaitLongEvenWhenOverloadBegins() {
    Load load = new Load(4_000_000, 40_000_000, BATCH);

    load.run(20);

    assertThat(load.latency(1.0)).isLessThan(7);
  }

  @Test
  void followsAStoreThatBecomesSlowerAndFaster() {
    Load load = new Load(8_000_000, 10_000_000, BATCH);
    load.run(30);

    load.capacity = 1_000_000;
    load.run(20);
    load.reset();
    load.run(30);
    assertThat(load.latency(0.99)).isLessThan(2);

    load.capacity = 8_000_000;
    load.run(20);
    load.reset();
    load.run(30);
    assertThat(load.stored).isGreaterThan((long) (0.95 * 30 * 8_000_000));
  }

  @Test
  void refusesWhatFollowsWhenNothingIsStoredAnyMore() {
    Load load = new Load(4_000_000, 2_000_000, BATCH);
    load.run(10);

    load.capacity = 0;
    load.run(2);
    load.reset();
    load.run(5);

    assertThat(load.admitted).isZero();
    assertThat(control.admitted()).isLessThan(5_000_000);
  }

  @Test
  void aPauseOfTheStoreDoesNotRefuseAFewOrdinaryProducers() {
    Mono<String> write =
        control.admit(
            BATCH,
            true,
            Mono.fromSupplier(() -> {
              now += TimeUnit.SECONDS.toNanos(5);
              return "stored";
            }));
    for (int i = 0; i < 20; i++) {
      assertThat(write.block()).isEqualTo("stored");
    }

    for (int i = 0; i < 4; i++) {
      assertThat(isAdmitted(BATCH, Mono.never())).isTrue();
    }
    assertThat(control.limit()).isEqualTo(AdmissionControl.MIN_LIMIT);
  }

  @Test
  void aWaitForARefreshSaysNothingAboutTheStore() {
    Sinks.Empty<Void> refresh = Sinks.empty();
    control.admit(BATCH, false, refresh.asMono()).subscribe();
    now += TimeUnit.SECONDS.toNanos(5);
    assertThat(control.admitted()).isEqualTo(BATCH);

    refresh.tryEmitEmpty().orThrow();

    assertThat(control.admitted()).isZero();
    assertThat(control.limit()).isEqualTo(MAX_LIMIT);
  }

  @Test
  void aRefusedWriteIsNotBegunAndCounted() {
    isAdmitted(MAX_LIMIT, Mono.never());
    Mono<Object> never = Mono.error(new AssertionError("was begun"));

    StepVerifier.create(control.admit(1, true, never))
        .verifyErrorSatisfies(e ->
            assertThat(((ProblemException) e).problem().type()).isEqualTo(ProblemType.OVERLOADED));
    assertThat(isAdmitted(1, never)).isFalse();
    assertThat(registry.get(AdmissionControl.REFUSED).counter().count()).isEqualTo(2);
  }

  @Test
  void aFailedOrCancelledWriteGivesItsRoomBack() {
    isAdmitted(BATCH, Mono.error(new IllegalStateException("defect")));
    control.admit(BATCH, true, Mono.never()).subscribe().dispose();

    assertThat(control.admitted()).isZero();
  }

  private boolean isAdmitted(int bytes, Mono<?> write) {
    List<Throwable> failures = new ArrayList<>();
    control.admit(bytes, true, write).subscribe(stored -> {}, failures::add);
    return failures.stream().noneMatch(ProblemException.class::isInstance);
  }

  /** A store that stores so many bytes a second, one write after the other, and its producers. */
  private final class Load {

    private static final int STEPS_PER_SECOND = 1_000;

    private final Deque<Stored> queue = new ArrayDeque<>();
    private final List<Double> latencies = new ArrayList<>();
    private final double offered;
    private final int size;
    private double capacity;
    private double due;
    private double done;
    private long stored;
    private long admitted;
    private long refused;

    private record Stored(int bytes, long at, Sinks.Empty<Void> response) {}

    /** Rates are bytes per second. */
    Load(double capacity, double offered, int size) {
      this.capacity = capacity;
      this.offered = offered;
      this.size = size;
    }

    void reset() {
      stored = 0;
      admitted = 0;
      refused = 0;
      latencies.clear();
    }

    void run(int seconds) {
      for (int step = 0; step < seconds * STEPS_PER_SECOND; step++) {
        now += TimeUnit.SECONDS.toNanos(1) / STEPS_PER_SECOND;
        for (due += offered / STEPS_PER_SECOND; due >= size; due -= size) {
          send();
        }
        store();
      }
    }

    private void send() {
      Sinks.Empty<Void> response = Sinks.empty();
      Mono<Void> write =
          response
              .asMono()
              .doOnSubscribe(begun -> {
                admitted++;
                queue.add(new Stored(size, now, response));
              });
      if (!isAdmitted(size, write)) {
        refused++;
      }
    }

    private void store() {
      done = queue.isEmpty() ? 0 : done + capacity / STEPS_PER_SECOND;
      while (!queue.isEmpty() && done >= queue.getFirst().bytes) {
        Stored next = queue.removeFirst();
        done -= next.bytes;
        stored += next.bytes;
        latencies.add((now - next.at) / 1e9);
        next.response.tryEmitEmpty().orThrow();
      }
    }

    /** The latency in seconds that this share of the writes did not exceed. */
    double latency(double share) {
      Collections.sort(latencies);
      return latencies.get((int) Math.round((latencies.size() - 1) * share));
    }
  }
}
