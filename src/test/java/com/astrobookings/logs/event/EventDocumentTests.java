package com.astrobookings.logs.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.Result;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the store holds of an event, compared with the documents in {@code documents/}. */
class EventDocumentTests {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant RECEIVED = Instant.parse("2024-08-11T09:30:01.5Z");

  @ParameterizedTest
  @MethodSource("events")
  void writesTheDocument(LogEvent event) throws IOException {
    String file = "/documents/" + event.id() + ".json";
    try (InputStream expected = EventDocumentTests.class.getResourceAsStream(file)) {
      assertThat(JSON.readTree(EventDocument.write(new StoredEvent(event, RECEIVED))))
          .isEqualTo(JSON.readTree(expected));
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void readsBackWhatItWrote(LogEvent event) {
    StoredEvent stored = new StoredEvent(event, RECEIVED);

    assertThat(EventDocument.read(EventDocument.write(stored))).isEqualTo(stored);
  }

  @ParameterizedTest
  @MethodSource("events")
  void writesOneLine(LogEvent event) {
    assertThat(EventDocument.write(new StoredEvent(event, RECEIVED)))
        .doesNotContain((byte) '\n', (byte) '\r');
  }

  @ParameterizedTest
  @MethodSource("events")
  void declaresEveryFieldItWrites(LogEvent event) {
    JsonNode document = JSON.readTree(EventDocument.write(new StoredEvent(event, RECEIVED)));

    assertThat(leaves("", document)).isSubsetOf(EventSchema.fieldTypes().keySet());
  }

  @Test
  void passesOverFieldsOfANewerService() {
    StoredEvent stored = new StoredEvent(event("e"), RECEIVED);
    String document = new String(EventDocument.write(stored), StandardCharsets.UTF_8);
    String newer =
        document.replaceFirst("\\{", "{\"new\":{\"a\":[1,{\"b\":2}]},\"error.newer\":\"x\",");

    assertThat(EventDocument.read(newer.getBytes(StandardCharsets.UTF_8))).isEqualTo(stored);
  }

  @Test
  void readsTheEnvelopeOfAnEventWhoseTypeIsNewer() {
    StoredEvent stored = new StoredEvent(event("e"), RECEIVED);
    String document = new String(EventDocument.write(stored), StandardCharsets.UTF_8);
    String newer =
        document.replaceFirst(
            "\"code\":\"%s\"".formatted(stored.event().type()), "\"code\":\"PAYMENT\"");

    StoredEvent read = EventDocument.read(newer.getBytes(StandardCharsets.UTF_8));
    assertThat(read.event()).isEqualTo(new LogEvent.Unknown(stored.event().envelope(), "PAYMENT"));
    assertThat(read.receivedAt()).isEqualTo(RECEIVED);
  }

  @Test
  void refusesADocumentThatIsNoEvent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            EventDocument.read(
                "{\"event\":{\"ingested\":\"2024-08-11T00:00:00Z\"}}"
                    .getBytes(StandardCharsets.UTF_8)))
        .withMessageContaining("id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.lang.NullPointerException: x\\n\\tat a.B.c(B.java:1) | java.lang.NullPointerException",
        "java.lang.NullPointerException\\n\\tat a.B.c(B.java:1)    | java.lang.NullPointerException",
        "Exception in thread \"main 1\" a.b.Boom: x               | a.b.Boom",
        "OutOfMemoryError: heap                                  | OutOfMemoryError",
        "a.B$InnerException                                      | a.B$InnerException",
        "something went wrong at 12.30                           | ",
        "Error handling: a.b.C                                   | ",
        "at a.B.c(B.java:1)                                      | ",
      })
  void takesTheExceptionClassFromTheTrace(String trace, String type) {
    ErrorEvent event = new ErrorEvent(envelope("x"), "1", "m", trace.translateEscapes());
    JsonNode document = JSON.readTree(EventDocument.write(new StoredEvent(event, RECEIVED)));

    assertThat(document.at("/error/type").asString(null)).isEqualTo(type);
  }

  @Test
  void takesNoClassFromATraceThatOnlyLooksLikeOne() {
    ErrorEvent event = new ErrorEvent(envelope("x"), "1", "m", "a.".repeat(30_000) + "b");
    JsonNode document = JSON.readTree(EventDocument.write(new StoredEvent(event, RECEIVED)));

    assertThat(document.at("/error").propertyNames()).doesNotContain("type");
  }

  @ParameterizedTest
  @CsvSource({
    "0,                    0",
    "1e-999999999,         0",
    "0.0000000004,         0",
    "0.0000000005,         1",
    "1.5,                  1500000000",
    "1000000000,           1000000000000000000",
  })
  void countsTheNanosecondsOfAReconciliation(BigDecimal seconds, long nanoseconds) {
    ReconcileEvent event = new ReconcileEvent(envelope("x"), "p", 0, 0, seconds);
    JsonNode document = JSON.readTree(EventDocument.write(new StoredEvent(event, RECEIVED)));

    assertThat(document.at("/event/duration").asLong()).isEqualTo(nanoseconds);
  }

  static Stream<LogEvent> events() {
    return Stream.of(
        new AuthEvent(
            new Envelope(
                "auth-full",
                Instant.parse("2024-08-11T09:30:00.123456789Z"),
                "core-api",
                "4bf92f3577b34da6a3ce929d0e0e4736",
                Map.of("region", "eu", "build.no", "7")),
            "u-7",
            "Jane@Example.com",
            Addresses.parse("2001:db8::7").orElseThrow(),
            Result.FAIL),
        new AuthEvent(
            envelope("auth-by-email"),
            null,
            "jane@example.com",
            Addresses.parse("192.0.2.7").orElseThrow(),
            Result.SUCCESS),
        event("error"),
        new ReconcileEvent(envelope("reconcile"), "CustomerDB", 1200, 3, new BigDecimal("12.5")),
        new NotifyEvent(
            envelope("notify"), "j-9", "BOOKING_CONFIRMATION", "jane@example.com", Result.SUCCESS));
  }

  private static ErrorEvent event(String id) {
    return new ErrorEvent(
        envelope(id),
        "DB-42",
        "Connection \"lost\"",
        "java.sql.SQLException: lost\n\tat a.B.c(B.java:1)");
  }

  private static Envelope envelope(String id) {
    return new Envelope(id, Instant.parse("2024-08-11T09:30:00Z"), null, null, Map.of());
  }

  private static Stream<String> leaves(String prefix, JsonNode node) {
    return node.propertyStream()
        .flatMap(member -> {
          String path = prefix + member.getKey();
          boolean object = member.getValue().isObject() && !path.equals("labels");
          return object ? leaves(path + ".", member.getValue()) : Stream.of(path);
        });
  }
}
