package com.astrobookings.logs.spool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AcknowledgedPositionsTests {

  private final AcknowledgedPositions positions = new AcknowledgedPositions();

  @Test
  void theyAreKeptInAscendingOrderEachOnce() {
    long far = 5_000_000_000L;

    assertThat(positions.add(far)).isTrue();
    assertThat(positions.add(far + 1000)).isTrue();
    assertThat(positions.add(far - 3)).isTrue();
    assertThat(positions.add(far)).isFalse();

    assertThat(positions.toList()).containsExactly(far - 3, far, far + 1000);
    assertThat(positions.contains(far - 3)).isTrue();
    assertThat(positions.contains(far - 4)).isFalse();
    assertThat(positions.contains(0)).isFalse();
    assertThat(positions.contains(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void nothingIsLeftAfterTheyAreCleared() {
    positions.add(1L << 40);
    positions.clear();

    assertThat(positions.isEmpty()).isTrue();
    assertThat(positions.contains(1L << 40)).isFalse();
    assertThat(positions.add(1)).isTrue();
    assertThat(positions.toList()).containsExactly(1L);
  }
}
