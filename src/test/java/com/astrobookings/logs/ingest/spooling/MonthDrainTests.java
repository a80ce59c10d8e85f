package com.astrobookings.logs.ingest.spooling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonthDrainTests {

  private final MonthDrain month = new MonthDrain("2024-07");

  /** Tries once as soon as it is due; returns how long that took. */
  private long pause(long from) {
    long now = from;
    while (!month.isDue(now)) {
      now++;
    }
    month.advanceAfterPause(7, now);
    return now - from;
  }

  @Test
  void aMonthThatIsUnavailableIsTriedLessAndLessOften() {
    List<Long> pauses = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 8; i++) {
      pauses.add(pause(now));
      now += pauses.getLast();
    }

    assertThat(pauses).containsExactly(0L, 250L, 500L, 1000L, 1500L, 1500L, 1500L, 1500L);
  }

  @Test
  void progressEndsThat() {
    pause(pause(pause(0)));
    month.advance(8);
    month.advanceAfterPause(9, 50_000);

    assertThat(month.isDue(50_249)).isFalse();
    assertThat(month.isDue(50_250)).isTrue();
    assertThat(month.position()).isEqualTo(9);
  }

  @Test
  void itBeginsAgainWithTheOldestAtOnce() {
    month.advanceAfterPause(9, 50_000);
    month.restart();

    assertThat(month.isDue(0)).isTrue();
    assertThat(month.position()).isZero();
  }

  @Test
  void itIsNotDueWhileItRuns() {
    month.begin(5);
    assertThat(month.isDue(Long.MAX_VALUE)).isFalse();
    month.end();
    assertThat(month.isDue(5)).isTrue();
    assertThat(month.lastRun()).isEqualTo(5);
  }
}
