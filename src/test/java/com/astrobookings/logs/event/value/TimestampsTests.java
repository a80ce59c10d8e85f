package com.astrobookings.logs.event.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTests {

  private static final int[] POWERS = {1, 1_000, 1_000_000, 1_000_000_000};
  private static final long MIN_SECOND = Instant.parse("0000-01-02T00:00:00Z").getEpochSecond();
  private static final long MAX_SECOND = Instant.parse("9999-12-31T00:00:00Z").getEpochSecond();

  @ParameterizedTest
  @CsvSource({
    "2024-08-11T09:30:00Z,                2024-08-11T09:30:00Z",
    "2024-08-11t09:30:00z,                2024-08-11T09:30:00Z",
    "2024-08-11T09:30Z,                   2024-08-11T09:30:00Z",
    "2024-08-11T09:30:00.1Z,              2024-08-11T09:30:00.100Z",
    "2024-08-11T09:30:00.123456789Z,      2024-08-11T09:30:00.123456789Z",
    "2024-08-11T09:30:00+05:45,           2024-08-11T03:45:00Z",
    "2024-08-11T09:30:00-03:30,           2024-08-11T13:00:00Z",
    "2024-08-11T09:30:00+0200,            2024-08-11T07:30:00Z",
    "2024-08-11T09:30:00+02,              2024-08-11T07:30:00Z",
    "2024-02-29T00:00:00Z,                2024-02-29T00:00:00Z",
    "2024-08-11 09:30:00,                 2024-08-11T09:30:00Z",
    "2024-08-11 09:30:00.000000001,       2024-08-11T09:30:00.000000001Z",
  })
  void readsBothSpellings(String text, Instant instant) {
    assertThat(Timestamps.parse(text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "1723368600000",
        "2024-08-11",
        "2024-08-11T09:30:00",
        "2024-08-11 09:30",
        "2024-08-11 09:30:00Z",
        "2024-08-11T09:30:00.1234567891Z",
        "2024-08-11T09:30:00.Z",
        "2024-02-30T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-08-11T24:00:00Z",
        "2024-08-11T23:59:60Z",
        "2024-08-11T09:30:00+19:00",
        "2024-8-11T09:30:00Z",
        "24-08-11T09:30:00Z",
        "2024-08-11T09:30:00Z ",
        "２０２４-08-11T09:30:00Z",
      })
  void refusesEverythingElse(String text) {
    assertThat(Timestamps.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-30T00:00:00Z,         a day that does not exist",
    "2023-02-29 00:00:00,          a day that does not exist",
    "2024-13-01T00:00Z,            a day that does not exist",
    "2024-00-10T00:00:00+02,       a day that does not exist",
    "2024-08-11T24:00:00Z,         a time of day that does not exist",
    "2024-08-11 09:60:00.5,        a time of day that does not exist",
    "2016-12-31T23:59:60Z,         a time of day that does not exist",
    "2024-08-11T09:30:00+19:00,    an offset that does not exist",
    "2024-08-11T09:30:00-0260,     an offset that does not exist",
    "2024-02-30,                   must be ISO-8601",
    "2024-02-30T00:00:00,          must be ISO-8601",
    "2024-08-11T09:30:00Z[UTC],    must be ISO-8601",
    "２０２４-02-30T00:00:00Z,       must be ISO-8601",
  })
  void saysWhatKeepsATextFromBeingAnInstant(String text, String fault) {
    assertThat(Timestamps.parse(text)).isNull();
    assertThat(Timestamps.fault(text)).contains(fault);
  }

  @Test
  void parsesAndFormatsRandomInstantsAsTheLibraryDoes() {
    long seed = 20_240_811;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      int nanos = random.nextInt(1_000_000_000);
      int fraction = nanos - nanos % POWERS[random.nextInt(POWERS.length)];
      Instant instant = Instant.ofEpochSecond(random.nextLong(MIN_SECOND, MAX_SECOND), fraction);
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-1_080, 1_081));

      String text = StoredInstants.format(instant);

      assertThat(text).as("seed %d", seed).isEqualTo(instant.toString());
      assertThat(Timestamps.parse(text)).as(text).isEqualTo(instant);
      String moved = instant.atOffset(offset).toString();
      assertThat(Timestamps.parse(moved)).as(moved).isEqualTo(instant);
      String spaced = text.replace('T', ' ').replace("Z", "");
      assertThat(Timestamps.parse(spaced)).as(spaced).isEqualTo(instant);
    }
  }

  @Test
  void parsesChangedTextAsTheFormattersDo() {
    long seed = 7;
    Random random = new Random(seed);
    String characters = "0123456789-+:.TZtz ";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("2024-02-28T09:30:00.123+01:30");
      text.setCharAt(
          random.nextInt(text.length()), characters.charAt(random.nextInt(characters.length())));
      text.setLength(random.nextInt(16, text.length() + 1));

      assertThat(Timestamps.parse(text.toString()))
          .as("seed %d: %s", seed, text)
          .isEqualTo(Timestamps.parseWithFormatters(text.toString()));
    }
  }
}
