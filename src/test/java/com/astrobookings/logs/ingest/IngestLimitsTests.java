package com.astrobookings.logs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.value.EventLimits;
import java.time.Duration;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class IngestLimitsTests {

  private final ApplicationContextRunner context =
      new ApplicationContextRunner().withUserConfiguration(Limits.class);

  @EnableConfigurationProperties(IngestLimits.class)
  static class Limits {}

  @Test
  void areThoseOfTheContractUnlessConfigured() {
    context.run(started -> {
      IngestLimits limits = started.getBean(IngestLimits.class);
      assertThat(limits.body()).isEqualTo(DataSize.ofMegabytes(10));
      assertThat(limits.events()).isEqualTo(10_000);
      assertThat(limits.ofEvent())
          .isEqualTo(
              new EventLimits(
                  256 * 1024, 8 * 1024, 64 * 1024, Period.ofYears(10), Duration.ofHours(1)));
      assertThat(limits.memoryBytes())
          .isEqualTo(
              limits.memoryBytes(
                  Runtime.getRuntime().maxMemory(), Runtime.getRuntime().availableProcessors()));
    });
  }

  @ParameterizedTest
  @CsvSource({
    "64,    1,  10", // never less than one body
    "256,   2,  25", // a tenth of the heap
    "6000,  2,  32", // what two processors are through with in time
    "6000, 64, 600",
    "90000, 8, 128",
  })
  void reserveForBodiesWhatFitsAndCanBeDoneInTime(int heap, int processors, int megabytes) {
    context.run(started ->
        assertThat(
                started
                    .getBean(IngestLimits.class)
                    .memoryBytes(DataSize.ofMegabytes(heap).toBytes(), processors))
            .isBetween(
                DataSize.ofMegabytes(megabytes).toBytes(),
                DataSize.ofMegabytes(megabytes + 1).toBytes()));
  }

  @Test
  void canBeChanged() {
    context
        .withPropertyValues(
            "logs.limits.body=20MB",
            "logs.limits.body-time=5s",
            "logs.limits.events=5",
            "logs.limits.event=1MB",
            "logs.limits.stack-trace=512KB",
            "logs.limits.string=32766B",
            "logs.limits.max-age=30y",
            "logs.limits.max-ahead=1d",
            "logs.limits.memory=20MB")
        .run(started ->
            assertThat(started.getBean(IngestLimits.class))
                .isEqualTo(
                    new IngestLimits(
                        DataSize.ofMegabytes(20),
                        Duration.ofSeconds(5),
                        5,
                        DataSize.ofMegabytes(1),
                        DataSize.ofKilobytes(512),
                        DataSize.ofBytes(32_766),
                        Period.ofYears(30),
                        Duration.ofDays(1),
                        DataSize.ofMegabytes(20))));
  }

  @ParameterizedTest
  @CsvSource({
    "body,        0B,     must be at least 1B",
    "body,        2GB,    must be at most 1GB",
    "body,        100KB,  must not be larger than the body",
    "body-time,   0s,     must be longer than nothing",
    "events,      0,      must be at least 1",
    "event,       0B,     must be at least 1B",
    "event,       5MB,    must be at most 4MB",
    "stack-trace, 0B,     must be at least 1B",
    "stack-trace, 3GB,    must be less than 2GB",
    "string,      0B,     must be at least 1B",
    "string,      32767B, must be at most 32766B",
    "max-age,     -1d,    must not be negative",
    "max-ahead,   -1s,    must not be negative",
    "memory,      9MB,    must have room for one body"
  })
  void stopTheStartWhenTheyMakeNoSense(String name, String value, String message) {
    context
        .withPropertyValues("logs.limits." + name + "=" + value)
        .run(failed ->
            assertThat(failed)
                .getFailure()
                .rootCause()
                .hasMessageContaining("logs.limits.")
                .hasMessageContaining(message));
  }
}
