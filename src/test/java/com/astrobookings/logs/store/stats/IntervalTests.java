package com.astrobookings.logs.store.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where units of time begin and end. */
class IntervalTests {

  private static final Instant FIRST = Instant.parse("2016-01-01T00:00:00Z");
  private static final Duration TEN_YEARS = Duration.ofDays(3_653);
  private static final int MOST = Interval.MAX_BUCKETS;

  /** The beginnings of the units from one instant to another, separated by blanks. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Clocks put forward: a day of 23 hours, an hour that does not exist.
        "1d | Europe/Madrid | 2024-03-30T12:00:00Z | 2024-03-31T22:30:00Z"
            + " | 2024-03-29T23:00:00Z 2024-03-30T23:00:00Z 2024-03-31T22:00:00Z",
        "1h | Europe/Madrid | 2024-03-31T00:10:00Z | 2024-03-31T02:10:00Z"
            + " | 2024-03-31T00:00:00Z 2024-03-31T01:00:00Z 2024-03-31T02:00:00Z",
        "2h | Europe/Madrid | 2024-03-30T23:30:00Z | 2024-03-31T03:00:00Z"
            + " | 2024-03-30T23:00:00Z 2024-03-31T01:00:00Z 2024-03-31T02:00:00Z",
        // Clocks put back: a day of 25 hours, an hour that is shown twice.
        "1d | Europe/Madrid | 2024-10-26T22:00:00Z | 2024-10-27T23:00:00Z"
            + " | 2024-10-26T22:00:00Z 2024-10-27T23:00:00Z",
        "1h | Europe/Madrid | 2024-10-27T00:00:00Z | 2024-10-27T02:00:00Z"
            + " | 2024-10-27T00:00:00Z 2024-10-27T01:00:00Z 2024-10-27T02:00:00Z",
        "2h | Europe/Madrid | 2024-10-27T00:00:00Z | 2024-10-27T03:00:00Z"
            + " | 2024-10-27T00:00:00Z 2024-10-27T01:00:00Z 2024-10-27T03:00:00Z",
        "12h | Europe/Madrid | 2024-10-26T22:00:00Z | 2024-10-27T23:00:00Z"
            + " | 2024-10-26T22:00:00Z 2024-10-27T11:00:00Z 2024-10-27T23:00:00Z",
        // Half an hour and 45 minutes from the full hour.
        "1h | America/St_Johns | 2024-11-03T03:45:00Z | 2024-11-03T05:30:00Z"
            + " | 2024-11-03T03:30:00Z 2024-11-03T04:30:00Z 2024-11-03T05:30:00Z",
        "1d | America/St_Johns | 2024-11-03T02:30:00Z | 2024-11-04T03:30:00Z"
            + " | 2024-11-03T02:30:00Z 2024-11-04T03:30:00Z",
        "1d | Asia/Kathmandu | 2024-02-28T18:15:00Z | 2024-02-29T18:15:00Z"
            + " | 2024-02-28T18:15:00Z 2024-02-29T18:15:00Z",
        "1h | Asia/Kathmandu | 2024-02-29T00:00:00Z | 2024-02-29T00:15:00Z"
            + " | 2024-02-28T23:15:00Z 2024-02-29T00:15:00Z",
        // Clocks moved by half an hour.
        "1h | Australia/Lord_Howe | 2024-04-06T14:30:00Z | 2024-04-06T16:00:00Z"
            + " | 2024-04-06T14:00:00Z 2024-04-06T15:30:00Z",
        // A midnight that is skipped, and one that is shown twice.
        "1d | Africa/Cairo | 2024-04-25T21:30:00Z | 2024-04-26T21:00:00Z"
            + " | 2024-04-24T22:00:00Z 2024-04-25T22:00:00Z 2024-04-26T21:00:00Z",
        "1d | America/Havana | 2024-11-03T04:30:00Z | 2024-11-04T05:00:00Z"
            + " | 2024-11-03T04:00:00Z 2024-11-04T05:00:00Z",
        // Leap day, weeks, months, quarters and years.
        "1d | UTC | 2024-02-28T23:59:59.999999999Z | 2024-03-01T00:00:00Z"
            + " | 2024-02-28T00:00:00Z 2024-02-29T00:00:00Z 2024-03-01T00:00:00Z",
        "1w | UTC | 2024-02-29T00:00:00Z | 2024-03-04T00:00:00Z"
            + " | 2024-02-26T00:00:00Z 2024-03-04T00:00:00Z",
        "1M | UTC | 2024-02-29T00:00:00Z | 2024-03-01T00:00:00Z"
            + " | 2024-02-01T00:00:00Z 2024-03-01T00:00:00Z",
        "1q | Europe/Madrid | 2024-03-31T21:59:59Z | 2024-03-31T22:00:00Z"
            + " | 2023-12-31T23:00:00Z 2024-03-31T22:00:00Z",
        "1y | UTC | 2023-12-31T23:59:59.999999999Z | 2024-01-01T00:00:00Z"
            + " | 2023-01-01T00:00:00Z 2024-01-01T00:00:00Z",
      })
  void beginsUnitsWhereClocksShowIt(
      String interval, ZoneId zone, Instant first, Instant last, String starts) {
    assertThat(starts(interval(interval), zone, first, last))
        .isEqualTo(Arrays.stream(starts.split(" ")).map(Instant::parse).toList());
  }

  private static List<Instant> starts(Interval interval, ZoneId zone, Instant first, Instant last) {
    List<Instant> starts = new ArrayList<>();
    for (Instant at = interval.start(first, zone); !at.isAfter(last); ) {
      starts.add(at);
      at = interval.next(at, zone);
    }
    assertThat(interval.count(first, last, zone, MOST)).isEqualTo(starts.size());
    return starts;
  }

  private static Interval interval(String text) {
    return Arrays.stream(Interval.values())
        .filter(interval -> interval.text().equals(text))
        .findFirst()
        .orElseThrow();
  }

  /** In every zone, each instant is in the unit that begins last before it. */
  @ParameterizedTest
  @EnumSource
  void unitsFollowEachOtherWithoutGaps(Interval interval) {
    long seed = UUID.randomUUID().getLeastSignificantBits();
    Random random = new Random(seed);
    List<String> zones = List.copyOf(ZoneId.getAvailableZoneIds());
    for (int i = 0; i < 300; i++) {
      ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
      Instant instant = FIRST.plusNanos(random.nextLong(TEN_YEARS.toNanos()));
      var change = zone.getRules().nextTransition(instant);
      if (change != null && random.nextBoolean()) {
        instant = change.getInstant().plusSeconds(random.nextInt(-7_200, 7_200));
      }
      Instant start = interval.start(instant, zone);
      Instant next = interval.next(start, zone);
      String what = "seed %d: %s in %s".formatted(seed, instant, zone);
      assertThat(start).as(what).isBeforeOrEqualTo(instant);
      assertThat(next).as(what).isAfter(instant);
      assertThat(interval.start(start, zone)).as(what).isEqualTo(start);
      assertThat(interval.start(next.minusNanos(1), zone)).as(what).isEqualTo(start);
      assertThat(interval.start(next, zone)).as(what).isEqualTo(next);
    }
  }

  @Test
  void namesTheShortestIntervalThatFits() {
    ZoneId zone = ZoneId.of("UTC");
    Instant last = FIRST.plusSeconds(MOST - 1L).plusNanos(999_999_999);
    assertThat(Interval.shortest(FIRST, last, zone, MOST)).isEqualTo(Interval.SECOND);
    assertThat(Interval.shortest(FIRST, last.plusNanos(1), zone, MOST))
        .isEqualTo(Interval.SECONDS_2);
    assertThat(Interval.SECOND.count(FIRST, last.plusNanos(1), zone, MOST)).isEqualTo(MOST + 1);
    assertThat(Interval.shortest(FIRST, FIRST.plus(TEN_YEARS), zone, MOST))
        .isEqualTo(Interval.HOURS_12);
    assertThat(
            Interval.shortest(
                Instant.parse("0001-01-01T00:00:00Z"),
                Instant.parse("9999-12-31T23:59:59.999999999Z"),
                zone,
                MOST))
        .isEqualTo(Interval.YEAR);
    assertThat(
            Interval.shortest(
                Instant.parse("0001-01-01T00:00:00Z"),
                Instant.parse("9999-12-31T23:59:59Z"),
                zone,
                9_000))
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 1s",
    "PT1M, 1s",
    "PT15M, 10s",
    "PT1H, 1m",
    "PT4H, 5m",
    "PT24H, 15m",
    "P7D, 2h",
    "P30D, 12h",
    "P90D, 1d",
    "P365D, 1w",
    "P3650D, 1M"
  })
  void choosesAReadableInterval(Duration period, String interval) {
    assertThat(Interval.readable(FIRST, FIRST.plus(period), ZoneId.of("UTC")).text())
        .isEqualTo(interval);
  }
}
