package com.astrobookings.logs.elastic.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MonthIndexTests {

  @ParameterizedTest
  @CsvSource({
    "2024-07-31T23:59:59.999999999Z, astrobookings-events-2024.07",
    "2024-08-01T00:00:00Z, astrobookings-events-2024.08",
    "1970-01-01T00:00:00Z, astrobookings-events-1970.01",
    "2262-04-11T23:47:16.854775807Z, astrobookings-events-2262.04"
  })
  void isNamedByTheMonthInUtc(Instant timestamp, String name) {
    MonthIndex index = MonthIndex.of(timestamp);
    assertThat(index.name()).isEqualTo(name);
    assertThat(index.writeAlias()).isEqualTo(name + "-write");
    assertThat(MonthIndex.named(name)).contains(index);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "astrobookings-events-2024.08-write",
        "astrobookings-events-2024.13",
        "astrobookings-events-",
        "astrobookings-events-2024-08",
        "other-2024.08"
      })
  void knowsOnlyTheNamesOfMonths(String name) {
    assertThat(MonthIndex.named(name)).isEmpty();
  }

  @Test
  void takesAnyMonthThatAnOperatorMayAskFor() {
    assertThat(new MonthIndex(YearMonth.of(10_000, 1)).name())
        .isEqualTo("astrobookings-events-+10000.01");
  }
}
