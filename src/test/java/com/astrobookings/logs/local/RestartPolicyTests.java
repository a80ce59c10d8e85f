package com.astrobookings.logs.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartPolicyTests {
  private static final Instant START = Instant.parse("2024-08-11T00:00:00Z");

  private final RestartPolicy policy = new RestartPolicy();

  @Test
  void givesUpAtTheThirdDeathWithinAMinute() {
    assertThat(policy.ended(START)).isPresent();
    assertThat(policy.ended(START.plusSeconds(30))).isPresent();
    assertThat(policy.ended(START.plusMillis(59_999))).isEmpty();
  }

  @Test
  void forgetsADeathAfterAMinute() {
    policy.ended(START);
    policy.ended(START.plusSeconds(30));
    assertThat(policy.ended(START.plusSeconds(60))).isPresent();
  }

  @Test
  void waitsLongerAfterTheSecondDeath() {
    Duration first = policy.ended(START).orElseThrow();
    assertThat(policy.ended(START))
        .hasValueSatisfying(second -> assertThat(second).isGreaterThan(first));
  }
}
