package com.astrobookings.logs.event;

import static com.astrobookings.logs.event.Decoding.AUTH;
import static com.astrobookings.logs.event.Decoding.ERROR;
import static com.astrobookings.logs.event.Decoding.NOTIFY;
import static com.astrobookings.logs.event.Decoding.NOW;
import static com.astrobookings.logs.event.Decoding.RECONCILE;
import static com.astrobookings.logs.event.Decoding.decoder;
import static com.astrobookings.logs.event.Decoding.event;
import static com.astrobookings.logs.event.Decoding.parser;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.value.Result;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What producers may send. */
class EventDecoderTests {

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

  @Test
  void leavesTheParserBehindTheEvent() {
    EventDecoder decoder = decoder(262_144);
    try (JsonParser parser = parser("[" + AUTH + ",{\"x\":[1]}," + ERROR + "]")) {
      parser.nextToken();
      parser.nextToken();
      assertThat(decoder.decode(parser)).isInstanceOf(Decoded.Valid.class);
      parser.nextToken();
      assertThat(decoder.decode(parser)).isInstanceOf(Decoded.Invalid.class);
      parser.nextToken();
      assertThat(decoder.decode(parser)).isInstanceOf(Decoded.Valid.class);
      assertThat(parser.nextToken()).isEqualTo(JsonToken.END_ARRAY);
    }
  }

  private static Envelope plain(String id) {
    return new Envelope(id, Instant.parse("2024-08-11T09:30:00Z"), null, null, Map.of());
  }
}
