package com.astrobookings.logs.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.astrobookings.logs.admin.RetentionPlan.PlannedMonth;
import com.astrobookings.logs.store.EventMonths.Inventory;
import com.astrobookings.logs.store.EventMonths.Month;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTests {

  private static final YearMonth AUGUST = YearMonth.of(2024, 8);
  private static final Instant END_OF_AUGUST = Instant.parse("2024-09-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "24m, 2026-09-01T00:00:00Z",
    "2y, 2026-09-01T00:00:00Z",
    "P1Y, 2025-09-01T00:00:00Z",
    "90d, 2024-11-30T00:00:00Z",
    "1d, 2024-09-02T00:00:00Z",
  })
  void countsFromTheEndOfTheMonth(String period, Instant dropAt) {
    Retention retention = Retention.parse(period);

    assertThat(retention.dropAt(AUGUST)).isEqualTo(dropAt);
    assertThat(retention.isDue(AUGUST, dropAt.minusNanos(1))).isFalse();
    assertThat(retention.isDue(AUGUST, dropAt)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0d", "-1m", "P1Y-1D", "1001y", "soon", "", "99999999999y"})
  void refusesWhatIsNoPositivePeriod(String period) {
    assertThatThrownBy(() -> Retention.parse(period)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Whatever the period and the time, every event of a dropped month is older than the period. */
  @Test
  void neverDropsAMonthBeforeItsLastEventIsOldEnough() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      Retention retention =
          Retention.parse(
              1 + random.nextInt(400) + "dwmy".substring(random.nextInt(4)).substring(0, 1));
      Instant time =
          END_OF_AUGUST.plusSeconds(random.nextLong(-100_000_000_000L, 100_000_000_000L));
      YearMonth month =
          YearMonth.from(time.atOffset(ZoneOffset.UTC)).plusMonths(random.nextInt(-600, 24));
      Instant lastEvent =
          month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusNanos(1);

      if (retention.isDue(month, time)) {
        assertThat(lastEvent.atOffset(ZoneOffset.UTC).plus(retention.period()).toInstant())
            .as("seed %d: %s of %s at %s", seed, retention, month, time)
            .isBefore(time);
      }
    }
  }

  @Test
  void aPlanUsesTheEarlierOfTheTwoClocks() {
    Retention retention = Retention.parse("1m");
    Instant due = retention.dropAt(AUGUST);
    Instant early = due.minusSeconds(1);

    assertThat(plan(retention, due, due)).extracting(PlannedMonth::due).containsExactly(true);
    assertThat(plan(retention, early, due)).extracting(PlannedMonth::due).containsExactly(false);
    assertThat(plan(retention, due, early)).extracting(PlannedMonth::due).containsExactly(false);
  }

  @Test
  void withoutARetentionNothingIsEverDue() {
    RetentionPlan plan = RetentionPlan.of(null, Instant.MAX, inventory(Instant.MAX));

    assertThat(plan.retention()).isNull();
    assertThat(plan.months()).containsExactly(new PlannedMonth(AUGUST, 7, 4096, null, false));
  }

  private static List<PlannedMonth> plan(Retention retention, Instant now, Instant store) {
    return RetentionPlan.of(retention, now, inventory(store)).months();
  }

  private static Inventory inventory(Instant time) {
    return new Inventory(time, List.of(new Month(AUGUST, 7, 4096)));
  }
}
