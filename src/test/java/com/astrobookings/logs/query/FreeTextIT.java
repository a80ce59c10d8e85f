package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.AuthEvent;
import com.astrobookings.logs.event.Envelope;
import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.NotifyEvent;
import com.astrobookings.logs.event.ReconcileEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.Result;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What operators type, asked of a real Elasticsearch. */
@TestInstance(Lifecycle.PER_CLASS)
class FreeTextIT extends RunningService {

  private String prefix = "";

  @BeforeAll
  void writeOneEventOfEachType() {
    prefix = events.next().event().id();
    write(
        List.of(
            stored(
                new AuthEvent(
                    envelope("auth"),
                    "U 1",
                    "Jane.Doe@Example.com",
                    Addresses.parse("10.1.2.3").orElseThrow(),
                    Result.FAIL)),
            stored(
                new ErrorEvent(
                    envelope("error"),
                    "DB-42",
                    "Connection to ledger lost or timed out",
                    "java.lang.NullPointerException: booking\n"
                        + "\tat com.astrobookings.Booking.confirmSeat(Booking.java:5)")),
            stored(
                new ReconcileEvent(
                    envelope("reconcile"), "CustomerDB", 10, 2, new BigDecimal("1.5"))),
            stored(
                new NotifyEvent(
                    envelope("notify"),
                    "job*1?x",
                    "PASSWORD_RESET",
                    "2001:db8::7",
                    Result.SUCCESS))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "NullPointerException             | error",
        "nullpointerexception             | error",
        "java.lang.NullPointerException   | error",
        "confirmSeat                      | error",
        "confirmSeat Booking              | error",
        "ledger                           | error",
        "Connect*                         | error",
        "\"lost or timed\"                | error",
        "ledger and lost                  | error",
        "ledger and customer              | ``",
        "\"jane.doe@example.com\"           | auth",
        "10.1.2.3                         | auth",
        "CustomerDB                       | reconcile",
        "PASSWORD_RESET or DB-42          | error notify",
        "*                                | auth error notify reconcile",
        "user.email: JANE.DOE@example.com | auth",
        "user.email: Jane*                | auth",
        "user.id: \"U 1\"                 | auth",
        "user.id: U 1                     | auth",
        "user.id: u 1                     | ``",
        "user.id: U*                      | auth",
        "source.ip: 10.0.0.0/8            | auth",
        "source.ip > 10.1.2.2             | auth",
        "event.outcome: failure           | auth",
        "event.outcome: (failure or success) | auth notify",
        "event.failed: 0                  | notify",
        "event.duration: 1500000000       | reconcile",
        "reconcile.duration_seconds > 1.4 | reconcile",
        "reconcile.*: 10                  | reconcile",
        "error.*: ledger                  | error",
        "error.type: java.lang.NullPointerException | error",
        "error.message.keyword: \"Connection to ledger lost or timed out\" | error",
        "error.message.keyword: Conn*     | error",
        "error.stack_trace.words: confirmseat | error",
        "labels.build.number: 17          | auth error notify reconcile",
        "labels.team: \"a \\\"b\\\" \\\\c\" | auth error notify reconcile",
        "labels.team: a \\\"b*             | auth error notify reconcile",
        "labels: a*                       | auth error notify reconcile",
        "labels.team: a*                  | auth error notify reconcile",
        "labels.team: *                   | auth error notify reconcile",
        "labels.other: *                  | ``",
        "notification.job_id: job\\*1?x   | notify",
        "notification.job_id: j*\\*1?*    | notify",
        "notification.job_id: j*?1?*      | ``",
        "notification.job_id: j*x         | notify",
        "notification.job_id: job\\*1*     | notify",
        "notification.job_id: job\\**?x    | notify",
        "error.stack_trace: Conf* LEDGER \\or | ``",
        "error.message: Conn* \\or         | error",
        "error.message: *                 | error",
        "event.duration: 1.5              | ``",
        "event.failed: 300                | ``",
        "event.failed: -1                 | ``",
        "event.failed < 300 and event.code: NOTIFY | notify",
        "event.duration > 0.5             | reconcile",
        "reconcile.duration_seconds: 1.50 | reconcile",
        "not not user.id: U*              | auth",
        "notification.recipient: \"2001:DB8::7\" | notify",
        "event.code: AUTH and event.code: ERROR or event.code: NOTIFY | notify",
        "event.code: NOTIFY or event.code: AUTH and event.code: ERROR | notify",
        "event.code: (AUTH or NOTIFY and not AUTH) | auth notify",
        "not event.code: AUTH and not event.code: ERROR | notify reconcile",
        "not (event.code: AUTH or event.code: ERROR) | notify reconcile",
        "@timestamp > 2200-01-01          | ``",
        "@timestamp >= 1900-01-01 and @timestamp < 2300-01-01 | auth error notify reconcile",
      })
  void findsWhatIsMeant(String typed, String names) {
    assertThat(found(typed)).isEqualTo(names);
  }

  @Test
  void knowsWhichNanosecondsATimeCovers() {
    String second = start.toString().substring(0, 19);
    assertThat(found("@timestamp: \"" + second + "Z\"")).isEqualTo("auth error notify reconcile");
    assertThat(found("@timestamp > \"" + second + "Z\"")).isEmpty();
    assertThat(found("@timestamp < \"" + second + "Z\"")).isEmpty();
    assertThat(found("@timestamp <= \"" + second + "Z\"")).isNotEmpty();
    assertThat(found("@timestamp <= \"" + second + ".0000000Z\"")).isEmpty();
    assertThat(found("@timestamp: \"" + second + ".000000500Z\"")).isNotEmpty();
    assertThat(found("@timestamp: \"2024-03-31 02:30\"", "&tz=Europe/Madrid")).isEmpty();
    String local = start.plusSeconds(20_700).toString().substring(0, 19);
    assertThat(found("@timestamp: \"" + local + "\"", "&tz=Asia/Kathmandu")).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("fields")
  void knowsNoFieldThatDocumentsDoNotHave(String field) {
    assertThat(found(field + ": *")).isNotEmpty();
  }

  static Stream<String> fields() {
    return EventSchema.fieldTypes().entrySet().stream()
        .flatMap(field ->
            Stream.concat(
                Stream.of(field.getKey()),
                field.getValue().subFields().keySet().stream()
                    .map(sub -> field.getKey() + "." + sub)));
  }

  @Test
  void answersUpToItsBoundsAndAfterThem() {
    for (String typed :
        List.of(
            "(".repeat(32) + "ledger" + ")".repeat(32),
            "not ".repeat(32) + "ledger",
            "(not ".repeat(16) + "ledger" + ")".repeat(16),
            alternating(31),
            list(200, "ledger", " or "),
            list(200, "led", " and "),
            list(200, "ledger", " "),
            "error.code: (" + list(199, "DB-42", " or ") + ")",
            list(20, "error.*: DB-42", " or "),
            "\"" + "ledger ".repeat(290) + "\"",
            "x".repeat(2_048),
            list(80, "led*g*e*r*a*b*c*d*e*f*", " "),
            list(55, "error.code: D*a*b*c*d*e*f*g*h*i*", " or "),
            "error.code: D" + "*".repeat(1_000),
            "🚀".repeat(2_048))) {
      HttpResponse<String> answer = ask(typed, "");
      assertThat(answer.statusCode()).as("%s: %s", typed, answer.body()).isEqualTo(200);
    }
    for (String typed :
        List.of(
            "(".repeat(33) + "ledger" + ")".repeat(33),
            "(".repeat(2_000),
            "not ".repeat(500),
            list(300, "ledger", " or "),
            "{".repeat(2_000),
            "\"".repeat(2_047),
            "l" + "*e".repeat(11),
            "x".repeat(2_049))) {
      HttpResponse<String> answer = ask(typed, "");
      assertThat(answer.statusCode()).as("%s: %s", typed, answer.body()).isEqualTo(400);
    }
    assertThat(found("ledger")).isEqualTo("error");
  }

  private static String alternating(int depth) {
    StringBuilder text = new StringBuilder("ledger");
    for (int i = 0; i < depth; i++) {
      text.insert(0, i % 2 == 0 ? "(x and " : "(x or ").append(')');
    }
    return text.toString();
  }

  private static String list(int count, String term, String between) {
    return String.join(between, Collections.nCopies(count, term));
  }

  private String found(String typed) {
    return found(typed, "");
  }

  private String found(String typed, String more) {
    HttpResponse<String> answer = ask(typed, more);
    assertThat(answer.statusCode()).as("%s: %s", typed, answer.body()).isEqualTo(200);
    JsonNode page = JSON.readTree(answer.body());
    assertThat(page.path("total").path("value").asInt()).isEqualTo(page.path("logs").size());
    return String.join(" ", ids(page).stream().map(id -> id.substring(prefix.length())).toList());
  }

  private HttpResponse<String> ask(String typed, String more) {
    String q = URLEncoder.encode(typed, StandardCharsets.UTF_8);
    return get(logs("?from=%s&to=%s&q=%s%s".formatted(start, end, q, more)));
  }

  private Envelope envelope(String name) {
    return new Envelope(
        prefix + name,
        start.plusNanos(500),
        "core-api",
        "t-1",
        Map.of("build.number", "17", "team", "a \"b\" \\c"));
  }

  private StoredEvent stored(LogEvent event) {
    return new StoredEvent(event, start.plusSeconds(1));
  }
}
