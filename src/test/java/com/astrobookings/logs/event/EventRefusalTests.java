package com.astrobookings.logs.event;

import static com.astrobookings.logs.event.Decoding.ERROR;
import static com.astrobookings.logs.event.Decoding.RECONCILE;
import static com.astrobookings.logs.event.Decoding.decode;
import static com.astrobookings.logs.event.Decoding.decoder;
import static com.astrobookings.logs.event.Decoding.event;
import static com.astrobookings.logs.event.Decoding.invalid;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What producers are told when they send what they may not. */
class EventRefusalTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/type            | REQUIRED | {}",
        "/type            | REQUIRED | {'type':null}",
        "/type            | FORMAT   | {'type':'auth'}",
        "/type            | TYPE     | {'type':7}",
        "/errorCode       | REQUIRED | {'type':'ERROR','errorMessage':'m'}",
        "/errorMessage    | REQUIRED | {'type':'ERROR','errorCode':'1'}",
        "/errorCode       | FORMAT   | {'type':'ERROR','errorCode':' ','errorMessage':'m'}",
        "/errorCode       | TYPE     | {'type':'ERROR','errorCode':42,'errorMessage':'m'}",
        "/errorCode       | TYPE     | {'type':'ERROR','errorCode':{'a':[1]},'errorMessage':'m'}",
        "/errorCode       | REPEATED | {'type':'ERROR','errorCode':'1','errorCode':'1','errorMessage':'m'}",
        "/errorcode       | UNKNOWN  | {'type':'ERROR','errorCode':'1','errorMessage':'m','errorcode':'1'}",
        "/a~1b~0c         | UNKNOWN  | {'type':'ERROR','errorCode':'1','errorMessage':'m','a/b~c':{'x':1}}",
        "/userId          | UNKNOWN  | {'type':'ERROR','errorCode':'1','errorMessage':'m','userId':'u'}",
        "/ipAddress       | UNKNOWN  | {'type':'ERROR','errorCode':'1','errorMessage':'m','ipAddress':'x','ipAddress':'192.0.2.1'}",
        "/timestamp       | REQUIRED | {'type':'ERROR','id':'x','errorCode':'1','errorMessage':'m'}",
        "/id              | FORMAT   | {'type':'ERROR','id':'tail','timestamp':'2024-08-11 00:00:00','errorCode':'1','errorMessage':'m'}",
        "''               | REQUIRED | {'type':'AUTH','ipAddress':'192.0.2.1','result':'FAIL'}",
        "/ipAddress       | REQUIRED | {'type':'AUTH','userId':'u','result':'FAIL'}",
        "/ipAddress       | FORMAT   | {'type':'AUTH','userId':'u','result':'FAIL','ipAddress':'example.com'}",
        "/result          | REQUIRED | {'type':'AUTH','userId':'u','ipAddress':'192.0.2.1'}",
        "/result          | FORMAT   | {'type':'AUTH','userId':'u','ipAddress':'192.0.2.1','result':'OK'}",
        "/labels          | TYPE     | {'type':'ERROR','errorCode':'1','errorMessage':'m','labels':'x'}",
        "/labels/a        | TYPE     | {'type':'ERROR','errorCode':'1','errorMessage':'m','labels':{'a':1}}",
        "/labels/a        | REPEATED | {'type':'ERROR','errorCode':'1','errorMessage':'m','labels':{'a':'1','a':'2'}}",
        "/labels/A        | FORMAT   | {'type':'ERROR','errorCode':'1','errorMessage':'m','labels':{'A':'1'}}",
      })
  void namesTheMemberAndTheBrokenRule(String pointer, String rule, String json) {
    Decoded.Invalid invalid = invalid(json.replace('\'', '"'));

    assertThat(invalid.violations())
        .anySatisfy(violation -> {
          assertThat(violation.pointer()).isEqualTo(pointer);
          assertThat(violation.rule()).hasToString(rule);
        });
  }

  @Test
  void namesEveryViolationAtOnce() {
    Decoded.Invalid invalid =
        invalid(
            """
            {"type":"RECONCILE","id":"-","process":"","recordsProcessed":-1,
             "discrepanciesFound":1.5,"timeTakenSeconds":1e10,"proces":"x"}\
            """);

    assertThat(invalid.violations())
        .extracting(v -> v.pointer() + " " + v.rule())
        .containsExactly(
            "/id FORMAT",
            "/process FORMAT",
            "/recordsProcessed RANGE",
            "/discrepanciesFound FORMAT",
            "/timeTakenSeconds RANGE",
            "/proces UNKNOWN",
            "/timestamp REQUIRED");
    assertThat(invalid.violations().get(5).message()).contains("did you mean process?");
  }

  @Test
  void saysForWhichTypeAMemberIs() {
    assertThat(invalid(ERROR.replace("}", ",\"jobId\":\"1\"}")).violations())
        .singleElement()
        .satisfies(v ->
            assertThat(v.message()).isEqualTo("is not a member of ERROR events, only of NOTIFY"));
  }

  @Test
  void saysWhetherABlankMemberMayBeLeftOut() {
    String json = ERROR.replace("\"DB-42\"", "\" \",\"source\":\"\"");

    assertThat(invalid(json).violations())
        .extracting(v -> v.pointer() + " " + v.message())
        .containsExactly(
            "/errorCode must not be blank; the member is required and needs a text",
            "/source must not be blank; leave the member out if it is unknown");
  }

  @Test
  void namesTheLabelWhoseKeyIsWrong() {
    String json = ERROR.replace("}", ",\"labels\":{\"Region/1\":\"x\",\"%s\":\"y\"}}");

    assertThat(invalid(json.formatted("k".repeat(129))).violations())
        .extracting(v -> v.pointer() + " " + v.message())
        .containsExactly(
            "/labels/Region~11 cannot be a label; keys are 1 to 64 of a-z 0-9 _ . (lower case only)",
            "/labels has a key of more than 128 characters;"
                + " keys are 1 to 64 of a-z 0-9 _ . (lower case only)");
  }

  @ParameterizedTest
  @CsvSource({
    "recordsProcessed,   9223372036854775807, true",
    "recordsProcessed,   9223372036854775808, false",
    "recordsProcessed,   0,                   true",
    "recordsProcessed,   -0.0,                true",
    "recordsProcessed,   1e18,                true",
    "recordsProcessed,   1e999999999,         false",
    "recordsProcessed,   1e-999999999,        false",
    "timeTakenSeconds,   1000000000,          true",
    "timeTakenSeconds,   1000000000.000000001,false",
    "timeTakenSeconds,   1e999999999,         false",
    "timeTakenSeconds,   1e-999999999,        true",
    "timeTakenSeconds,   -1e-9,               false",
    "timeTakenSeconds,   0.12345678900000001, true",
  })
  void boundsNumbers(String member, String number, boolean taken) {
    String json =
        RECONCILE.replaceFirst("\"" + member + "\":[^,}]*", "\"" + member + "\":" + number);

    assertThat(decode(json) instanceof Decoded.Valid).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({
    "2014-08-15T12:00:00Z,           true",
    "2014-08-15T11:59:59.999999999Z, false",
    "2024-08-15T13:00:00Z,           true",
    "2024-08-15T13:00:00.000000001Z, false",
    "+999999999-01-01T00:00:00Z,     false",
  })
  void boundsTheTimestampByTheTimeOfReceipt(String timestamp, boolean taken) {
    String json = ERROR.replace("2024-08-11 09:30:00", timestamp);

    assertThat(decode(json) instanceof Decoded.Valid).isEqualTo(taken);
  }

  @Test
  void boundsTheBytesOfAnEvent() {
    int bytes = ERROR.getBytes(StandardCharsets.UTF_8).length;

    assertThat(decode(decoder(bytes), ERROR)).isInstanceOf(Decoded.Valid.class);
    assertThat(decode(decoder(bytes - 1), ERROR)).isInstanceOf(Decoded.Invalid.class);
  }

  @Test
  void boundsStringsByTheirBytes() {
    String just = "é".repeat(4_096);

    assertThat(event(ERROR.replace("Connection lost", just))).isNotNull();
    assertThat(invalid(ERROR.replace("Connection lost", just + "x")).violations())
        .extracting(v -> v.pointer() + " " + v.rule())
        .containsExactly("/errorMessage SIZE");
  }

  @Test
  void boundsAStackTraceByItsOwnLimit() {
    String just = "x".repeat(65_536);

    assertThat(event(ERROR.replace("}", ",\"stackTrace\":\"" + just + "\"}"))).isNotNull();
    assertThat(invalid(ERROR.replace("}", ",\"stackTrace\":\"" + just + "x\"}")).violations())
        .extracting(v -> v.pointer() + " " + v.rule())
        .containsExactly("/stackTrace SIZE");
  }

  @Test
  void refusesHalfASurrogatePair() {
    assertThat(invalid(ERROR.replace("Connection lost", "\\ud83d x")).violations())
        .extracting(v -> v.pointer() + " " + v.rule())
        .containsExactly("/errorMessage FORMAT");
    assertThat(event(ERROR.replace("Connection lost", "\\ud83d\\ude80"))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"x\"", "[]", "null", "true"})
  void refusesWhatIsNoObject(String json) {
    assertThat(invalid(json).violations())
        .extracting(v -> v.pointer() + " " + v.rule())
        .containsExactly(" TYPE");
  }

  @Test
  void reportsTheIdAndTimestampOfARefusedEvent() {
    Decoded.Invalid invalid = invalid(ERROR.replace("\"DB-42\"", "7"));

    assertThat(invalid.id()).isEqualTo("e-1");
    assertThat(invalid.timestamp()).isEqualTo("2024-08-11T09:30:00Z");
  }

  @Test
  void boundsWhatItSaysAboutGarbage() {
    StringBuilder json = new StringBuilder("{\"type\":\"ERROR\"");
    for (int i = 0; i < 5_000; i++) {
      json.append(",\"unknown").append(i).append("\":[[[]]]");
    }

    assertThat(invalid(json.append('}').toString()).violations())
        .hasSize(101)
        .last()
        .satisfies(v -> assertThat(v.message()).isEqualTo("and 4902 more violations"));
  }
}
