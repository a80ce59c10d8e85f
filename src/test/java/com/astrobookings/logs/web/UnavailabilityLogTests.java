package com.astrobookings.logs.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * What operators read in an outage: when it begins and ends, how much it costs, and little else.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnavailabilityLogTests {

  private final TestClock clock = new TestClock();
  private final UnavailabilityLog refusals = new UnavailabilityLog("Events", clock);

  @Test
  void tellsTheBeginningAtOnceAndTheEndWithTheSum(CapturedOutput output) {
    refusals.taken();
    refusals.refused(3, "it is away");
    clock.pass(Duration.ofSeconds(2));
    refusals.refused(4, "it is still away");
    clock.pass(Duration.ofSeconds(10));
    refusals.taken();
    refusals.taken();

    assertThat(lines(output))
        .containsExactly(
            "WARN Events are refused, first 3 in 1 requests: it is away",
            "INFO Events are taken again; from 2024-08-11T10:00:00Z to 2024-08-11T10:00:02Z were"
                + " refused 7 in 2 requests");
  }

  @Test
  void tellsOnceAMinuteWhatItHasCostMeanwhile(CapturedOutput output) {
    for (int second = 0; second <= 150; second++) {
      refusals.refused(2, "away");
      clock.pass(Duration.ofSeconds(1));
    }
    refusals.close();

    assertThat(lines(output))
        .containsExactly(
            "WARN Events are refused, first 2 in 1 requests: away",
            "WARN Events are still refused, since the last such line 120 in 60 requests: away",
            "WARN Events are still refused, since the last such line 120 in 60 requests: away",
            "WARN Events were refused until the service ended, since the last such line 60 in 30"
                + " requests");
  }

  @Test
  void isNotFooledByWhatIsTakenInBetween(CapturedOutput output) {
    for (int second = 0; second < 30; second++) {
      refusals.refused(1, "one month is closed");
      refusals.taken();
      clock.pass(Duration.ofSeconds(1));
      refusals.taken();
    }

    assertThat(lines(output)).hasSize(1);
  }

  @Test
  void beginsAgainAfterAnEnd(CapturedOutput output) {
    for (int outage = 0; outage < 3; outage++) {
      refusals.refused(1, "away");
      clock.pass(Duration.ofSeconds(10));
      refusals.taken();
    }
    refusals.close();

    assertThat(lines(output)).hasSize(6);
  }

  @Test
  void doesNotTakeSilenceForAnEnd(CapturedOutput output) {
    refusals.refused(2, "away");
    clock.pass(Duration.ofMinutes(5));
    refusals.refused(1, "away again");

    assertThat(lines(output))
        .containsExactly(
            "WARN Events are refused, first 2 in 1 requests: away",
            "WARN Events are still refused, since the last such line 1 in 1 requests: away again");
  }

  private static List<String> lines(CapturedOutput output) {
    return output
        .getAll()
        .lines()
        .filter(line -> line.contains("UnavailabilityLog"))
        .map(line -> line.replaceAll(".* (WARN|INFO) .*UnavailabilityLog\\s+(?:--|:) ", "$1 "))
        .toList();
  }
}
