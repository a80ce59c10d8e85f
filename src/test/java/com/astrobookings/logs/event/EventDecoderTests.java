package com.astrobookings.logs.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.value.EventLimits;
import com.astrobookings.logs.event.value.Result;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What producers may send, and what they are told when they may not. */
class EventDecoderTests {

  private static final Instant NOW = Instant.parse("2024-08-15T12:00:00Z");

  private static final String AUTH =
      """
      {"type":"AUTH","id":"a-1","timestamp":"2024-08-11T09:30:00.123456789+02:00",
       "source":"core-api","traceId":"t-1","labels":{"b":"2","a":"1"},
       "userId":"u-7","email":"Jane@Example.com","ipAddress":"::ffff:192.0.2.7","result":"FAIL"}\
      """;

  private static final String ERROR =
      """
      {"type":"ERROR","id":"e-1","timestamp":"2024-08-11 09:30:00","errorCode":"DB-42",
       "errorMessage":"Connection lost"}\
      """;

  private static final String RECONCILE =
      """
      {"type":"RECONCILE","id":"r-1","timestamp":"2024-08-11T09:30:00Z","process":"CustomerDB",
       "recordsProcessed":1.2e3,"discrepanciesFound":3.0,"timeTakenSeconds":12.50}\
      """;

  private static final String NOTIFY =
      """
      {"type":"NOTIFY","id":"n-1","timestamp":"2024-08-11T09:30:00Z","jobId":"j-9",
       "notificationType":"BOOKING_CONFIRMATION","recipient":"jane@example.com",
       "status":"SUCCESS"}\
      """;

  private final EventDecoder decoder = decoder(262_144);

  @Test
  void readsEveryMemberOfAnAuthentication() throws Exception {
    assertThat(event(AUTH))
        .isEqualTo(
            new AuthEvent(
                new Envelope(
                    "a-1",
                    Instant.parse("2024-08-11T07:30:00.123456789Z"),
                    "core-api",
                    "t-1",
                    Map.of("a", "1", "b", "2")),
                "u-7",
                "Jane@Example.com",
                InetAddress.getByName("192.0.2.7"),
                Result.FAIL));
  }

  @Test
  void readsEveryMemberOfAnError() {
    String withTrace = ERROR.replace("}", ",\"stackTrace\":\"a.B: c\\n\\tat d.E.f(E.java:1)\"}");

    assertThat(event(withTrace))
        .isEqualTo(
            new ErrorEvent(
                plain("e-1"), "DB-42", "Connection lost", "a.B: c\n\tat d.E.f(E.java:1)"));
    assertThat(event(ERROR))
        .isEqualTo(new ErrorEvent(plain("e-1"), "DB-42", "Connection lost", null));
  }

  @Test
  void readsEveryMemberOfAReconciliationHoweverItsNumbersAreSpelled() {
    assertThat(event(RECONCILE))
        .isEqualTo(new ReconcileEvent(plain("r-1"), "CustomerDB", 1200, 3, new BigDecimal("12.5")));
  }

  @Test
  void readsEveryMemberOfANotification() {
    assertThat(event(NOTIFY))
        .isEqualTo(
            new NotifyEvent(
                plain("n-1"), "j-9", "BOOKING_CONFIRMATION", "jane@example.com", Result.SUCCESS));
  }

  @Test
  void takesTheTypeWhereverItStands() {
    String typeLast = ERROR.replace("\"type\":\"ERROR\",", "").replace("}", ",\"type\":\"ERROR\"}");

    assertThat(event(typeLast)).isEqualTo(event(ERROR));
  }

  @Test
  void takesNullAsAbsent() {
    assertThat(event(ERROR.replace("}", ",\"source\":null,\"userId\":null}")))
        .isEqualTo(event(ERROR));
  }

  @Test
  void takesNoLabelsAsNone() {
    assertThat(event(ERROR.replace("}", ",\"labels\":{}}"))).isEqualTo(event(ERROR));
  }

  @Test
  void assignsTheTimeOfReceiptAndAnId() {
    LogEvent event = event("{\"type\":\"ERROR\",\"errorCode\":\"1\",\"errorMessage\":\"m\"}");

    assertThat(event.timestamp()).isEqualTo(NOW);
    assertThat(event.id()).isEqualTo("assigned");
  }

  @Test
  void keepsATimestampThatCameWithoutAnId() {
    LogEvent event = event(ERROR.replace("\"id\":\"e-1\",", ""));

    assertThat(event.timestamp()).isEqualTo(Instant.parse("2024-08-11T09:30:00Z"));
    assertThat(event.id()).isEqualTo("assigned");
  }

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
        "/labels          | FORMAT   | {'type':'ERROR','errorCode':'1','errorMessage':'m','labels':{'A':'1'}}",
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

    assertThat(decode(decoder, json) instanceof Decoded.Valid).isEqualTo(taken);
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

    assertThat(decode(decoder, json) instanceof Decoded.Valid).isEqualTo(taken);
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

  @Test
  void leavesTheParserBehindTheEvent() {
    try (JsonParser parser = parser("[" + AUTH + ",{\"x\":[1]}," + ERROR + "]")) {
      parser.nextToken();
      parser.nextToken();
      assertThat(decoder.decode(parser, NOW)).isInstanceOf(Decoded.Valid.class);
      parser.nextToken();
      assertThat(decoder.decode(parser, NOW)).isInstanceOf(Decoded.Invalid.class);
      parser.nextToken();
      assertThat(decoder.decode(parser, NOW)).isInstanceOf(Decoded.Valid.class);
      assertThat(parser.nextToken()).isEqualTo(JsonToken.END_ARRAY);
    }
  }

  private LogEvent event(String json) {
    Decoded decoded = decode(decoder, json);
    assertThat(decoded).isInstanceOf(Decoded.Valid.class);
    return ((Decoded.Valid) decoded).event().event();
  }

  private Decoded.Invalid invalid(String json) {
    Decoded decoded = decode(decoder, json);
    assertThat(decoded).isInstanceOf(Decoded.Invalid.class);
    return (Decoded.Invalid) decoded;
  }

  private static Decoded decode(EventDecoder decoder, String json) {
    try (JsonParser parser = parser(json)) {
      parser.nextToken();
      return decoder.decode(parser, NOW);
    }
  }

  private static JsonParser parser(String json) {
    return new JsonFactory()
        .createParser(ObjectReadContext.empty(), json.getBytes(StandardCharsets.UTF_8));
  }

  private static EventDecoder decoder(int eventBytes) {
    EventLimits limits =
        new EventLimits(eventBytes, 8_192, 65_536, Period.ofYears(10), Duration.ofHours(1));
    return new EventDecoder(limits, () -> "assigned");
  }

  private static Envelope plain(String id) {
    return new Envelope(id, Instant.parse("2024-08-11T09:30:00Z"), null, null, Map.of());
  }
}
