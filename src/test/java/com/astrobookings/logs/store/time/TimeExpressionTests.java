package com.astrobookings.logs.store.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.astrobookings.logs.event.value.InvalidValueException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeExpressionTests {

  /** A Thursday in a leap year, at an instant whose every digit shows. */
  private static final Instant NOW = Instant.parse("2024-02-29T13:47:21.123456789Z");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "2024-08-12,                      2024-08-12T00:00:00Z,           2024-08-12T23:59:59.999999999Z",
        "2024-02-29,                      2024-02-29T00:00:00Z,           2024-02-29T23:59:59.999999999Z",
        "2023-12-31,                      2023-12-31T00:00:00Z,           2023-12-31T23:59:59.999999999Z",
        "2024-08-12T10:15,                2024-08-12T10:15:00Z,           2024-08-12T10:15:59.999999999Z",
        "2024-08-12 10:15,                2024-08-12T10:15:00Z,           2024-08-12T10:15:59.999999999Z",
        "2024-08-12 23:59:59,             2024-08-12T23:59:59Z,           2024-08-12T23:59:59.999999999Z",
        "2024-08-12t10:15:30z,            2024-08-12T10:15:30Z,           2024-08-12T10:15:30.999999999Z",
        "2024-08-12T10:15:30.5Z,          2024-08-12T10:15:30.5Z,         2024-08-12T10:15:30.599999999Z",
        "2024-08-12T10:15:30.50Z,         2024-08-12T10:15:30.5Z,         2024-08-12T10:15:30.509999999Z",
        "2024-08-12 10:15:30.123,         2024-08-12T10:15:30.123Z,       2024-08-12T10:15:30.123999999Z",
        "2024-08-12T10:15:30.000000001Z,  2024-08-12T10:15:30.000000001Z, 2024-08-12T10:15:30.000000001Z",
        "2024-08-12T10:15:30+02:00,       2024-08-12T08:15:30Z,           2024-08-12T08:15:30.999999999Z",
        "2024-08-12T10:15:30 02:00,       2024-08-12T08:15:30Z,           2024-08-12T08:15:30.999999999Z",
        "2024-08-12 10:15:30 +02:00,      2024-08-12T08:15:30Z,           2024-08-12T08:15:30.999999999Z",
        "2024-08-12 10:15:30  02:00,      2024-08-12T08:15:30Z,           2024-08-12T08:15:30.999999999Z",
        "2024-08-12T10:15:30-0330,        2024-08-12T13:45:30Z,           2024-08-12T13:45:30.999999999Z",
        "2024-08-12T10:15+05,             2024-08-12T05:15:00Z,           2024-08-12T05:15:59.999999999Z",
        "2024-08-12T10:15 05,             2024-08-12T05:15:00Z,           2024-08-12T05:15:59.999999999Z",
        "0,                               1970-01-01T00:00:00Z,           1970-01-01T00:00:00.000999999Z",
        "1723457730500,                   2024-08-12T10:15:30.5Z,         2024-08-12T10:15:30.500999999Z",
        "now,                             2024-02-29T13:47:21.123456789Z, 2024-02-29T13:47:21.123456789Z",
        "now-15m,                         2024-02-29T13:32:21.123456789Z, 2024-02-29T13:32:21.123456789Z",
        "now+1h,                          2024-02-29T14:47:21.123456789Z, 2024-02-29T14:47:21.123456789Z",
        "now 1H,                          2024-02-29T14:47:21.123456789Z, 2024-02-29T14:47:21.123456789Z",
        "now-30s,                         2024-02-29T13:46:51.123456789Z, 2024-02-29T13:46:51.123456789Z",
        "now-d,                           2024-02-28T13:47:21.123456789Z, 2024-02-28T13:47:21.123456789Z",
        "now-1y,                          2023-02-28T13:47:21.123456789Z, 2023-02-28T13:47:21.123456789Z",
        "now-2w+1d,                       2024-02-16T13:47:21.123456789Z, 2024-02-16T13:47:21.123456789Z",
        "now/s,                           2024-02-29T13:47:21Z,           2024-02-29T13:47:21.999999999Z",
        "now/m,                           2024-02-29T13:47:00Z,           2024-02-29T13:47:59.999999999Z",
        "now/h,                           2024-02-29T13:00:00Z,           2024-02-29T13:59:59.999999999Z",
        "now/d,                           2024-02-29T00:00:00Z,           2024-02-29T23:59:59.999999999Z",
        "now/w,                           2024-02-26T00:00:00Z,           2024-03-03T23:59:59.999999999Z",
        "now/M,                           2024-02-01T00:00:00Z,           2024-02-29T23:59:59.999999999Z",
        "now/y,                           2024-01-01T00:00:00Z,           2024-12-31T23:59:59.999999999Z",
        "now-1d/d,                        2024-02-28T00:00:00Z,           2024-02-28T23:59:59.999999999Z",
        "now/M+1M,                        2024-03-01T00:00:00Z,           2024-03-31T23:59:59.999999999Z",
        "now/w/M,                         2024-02-01T00:00:00Z,           2024-03-31T23:59:59.999999999Z",
      })
  void meansTheWholeSpanThatIsStated(String text, Instant first, Instant last) {
    TimeExpression time = TimeExpression.parse(text);
    assertThat(time.first(NOW, ZoneId.of("UTC"))).isEqualTo(first);
    assertThat(time.last(NOW, ZoneId.of("UTC"))).isEqualTo(last);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-08-12,          Asia/Kathmandu,      2024-08-11T18:15:00Z, 2024-08-12T18:14:59.999999999Z",
    "2024-08-12,          America/St_Johns,    2024-08-12T02:30:00Z, 2024-08-13T02:29:59.999999999Z",
    "2024-08-12,          Pacific/Kiritimati,  2024-08-11T10:00:00Z, 2024-08-12T09:59:59.999999999Z",
    "2024-08-12T10:15,    America/St_Johns,    2024-08-12T12:45:00Z, 2024-08-12T12:45:59.999999999Z",
    "2024-08-12T10:15Z,   Asia/Kathmandu,      2024-08-12T10:15:00Z, 2024-08-12T10:15:59.999999999Z",
    "1723457730500,       Asia/Kathmandu,      2024-08-12T10:15:30.5Z, 2024-08-12T10:15:30.500999999Z",
    // Clocks go from 02:00 to 03:00 at 01:00 UTC: the day has 23 hours.
    "2024-03-31,          Europe/Madrid,       2024-03-30T23:00:00Z, 2024-03-31T21:59:59.999999999Z",
    "2024-03-31T01:59,    Europe/Madrid,       2024-03-31T00:59:00Z, 2024-03-31T00:59:59.999999999Z",
    "2024-03-31T02:00,    Europe/Madrid,       2024-03-31T01:00:00Z, 2024-03-31T00:59:59.999999999Z",
    "2024-03-31T02:30,    Europe/Madrid,       2024-03-31T01:00:00Z, 2024-03-31T00:59:59.999999999Z",
    "2024-03-31T03:00,    Europe/Madrid,       2024-03-31T01:00:00Z, 2024-03-31T01:00:59.999999999Z",
    // Clocks go from 03:00 back to 02:00 at 01:00 UTC: the day has 25 hours.
    "2024-10-27,          Europe/Madrid,       2024-10-26T22:00:00Z, 2024-10-27T22:59:59.999999999Z",
    "2024-10-27T02:30,    Europe/Madrid,       2024-10-27T00:30:00Z, 2024-10-27T01:30:59.999999999Z",
    "2024-10-27T03:00,    Europe/Madrid,       2024-10-27T02:00:00Z, 2024-10-27T02:00:59.999999999Z",
    // Midnight never shows, or the hour after it shows twice.
    "2024-03-31,          Asia/Beirut,         2024-03-30T22:00:00Z, 2024-03-31T20:59:59.999999999Z",
    "2024-11-03,          America/Havana,      2024-11-03T04:00:00Z, 2024-11-04T04:59:59.999999999Z",
    // A day that a whole country left out.
    "2011-12-30,          Pacific/Apia,        2011-12-30T10:00:00Z, 2011-12-30T09:59:59.999999999Z",
    "now/d,               Asia/Kathmandu,      2024-02-28T18:15:00Z, 2024-02-29T18:14:59.999999999Z",
    "now/h,               Asia/Kathmandu,      2024-02-29T13:15:00Z, 2024-02-29T14:14:59.999999999Z",
    "now/d+31d,           Europe/Madrid,       2024-03-30T23:00:00Z, 2024-03-31T21:59:59.999999999Z",
  })
  void readsTimesWithoutOffsetByTheClocksOfTheZone(
      String text, String zone, Instant first, Instant last) {
    TimeExpression time = TimeExpression.parse(text);
    assertThat(time.first(NOW, ZoneId.of(zone))).isEqualTo(first);
    assertThat(time.last(NOW, ZoneId.of(zone))).isEqualTo(last);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-03-31T02:30",
        "2024-10-27T02:00:00.000000001",
        "2024-10-27T02:30:15",
        "2024-10-27"
      })
  void neverHidesWhatTheClocksShowedBetweenTheBounds(String bound) {
    ZoneId madrid = ZoneId.of("Europe/Madrid");
    StatedTime time = StatedTime.parse(bound);
    Instant first = time.first(NOW, madrid);
    Instant last = time.last(NOW, madrid);
    Instant start = Instant.parse(bound.substring(0, 10) + "T00:00:00Z").minusSeconds(7_200);
    for (int minute = 0; minute < 28 * 60; minute++) {
      Instant event = start.plusSeconds(minute * 60L);
      if (!event.atZone(madrid).toLocalDateTime().isBefore(time.begin())) {
        assertThat(event).isAfterOrEqualTo(first);
      }
      if (!event.atZone(madrid).toLocalDateTime().isAfter(time.end())) {
        assertThat(event).isBeforeOrEqualTo(last);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "yesterday",
        "2024",
        "2024-08",
        "20240812",
        "1723457730",
        "1723457730500000",
        "-1",
        "00000000000",
        "12.5",
        "2024-8-12",
        "2024-08-12T",
        "2024-08-12T10",
        "2024-08-12T10:15:",
        "2024-08-12T10:15:30.",
        "2024-08-12T10:15:30,5",
        "2024-08-12T10:15:30.1234567890",
        "2024-08-12T10:15:30+2",
        "2024-08-12T10:15:30+02:0",
        "2024-08-12T10:15:30ZZ",
        "2024-08-12Z",
        "2024-08-12 10:15:30 UTC",
        " 2024-08-12",
        "2024-08-12\n",
        "２０２４-08-12",
        "Now",
        "now-",
        "now-15",
        "now-15x",
        "now-15M/x",
        "now/1d",
        "now--1d",
        "now -1d",
        "nowadays",
        "now-1234567890d",
        "now-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d-1d",
      })
  void refusesWhatIsNotATime(String text) {
    assertThatThrownBy(() -> TimeExpression.parse(text))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith("is not a time; write ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-02-29",
        "2024-13-01",
        "2024-08-32",
        "2024-08-12T24:00",
        "2024-08-12T10:60",
        "2024-08-12T10:15:60Z",
        "2024-08-12T10:15+19:00",
        "2024-08-12T10:15+02:60",
      })
  void refusesTimesThatDoNotExist(String text) {
    assertThatThrownBy(() -> TimeExpression.parse(text))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("names a date, time or offset that does not exist");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000-12-31",
        "0001-01-01T00:00+00:01",
        "9999-12-31T23:59-00:01",
        "now-2024y",
        "now+7976y",
        "now-999999999y",
        "now+999999999y+999999999y",
        "now+999999999d/y",
      })
  void refusesYearsThatNoEventCanHave(String text) {
    TimeExpression time = TimeExpression.parse(text);
    assertThatThrownBy(() -> time.first(NOW, ZoneId.of("UTC")))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("lies outside of the years 1 to 9999");
    assertThatThrownBy(() -> time.last(NOW, ZoneId.of("UTC")))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void namesTheZoneThatWasProbablyMeant() {
    assertThat(Zones.parse("Europe/Madrid")).isEqualTo(ZoneId.of("Europe/Madrid"));
    assertThat(Zones.parse("+02:00")).isEqualTo(ZoneId.of("+02:00"));
    assertThat(Zones.parse(" 02:00")).isEqualTo(ZoneId.of("+02:00"));
    assertThat(Zones.parse("-0330")).isEqualTo(ZoneId.of("-03:30"));
    assertThatThrownBy(() -> Zones.parse("Europe/Madird"))
        .hasMessage("is not a time zone; did you mean Europe/Madrid?");
    assertThatThrownBy(() -> Zones.parse("somewhere far away"))
        .hasMessage(
            "is not a time zone; write a name such as Europe/Madrid, UTC, or an offset such as"
                + " +02:00");
    assertThatThrownBy(() -> Zones.parse("Z".repeat(65))).isInstanceOf(InvalidValueException.class);
  }
}
