package com.astrobookings.logs.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.value.EventLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Events as a producer sends them, and what the decoder makes of them. */
final class Decoding {
  static final Instant NOW = Instant.parse("2024-08-15T12:00:00Z");

  static final String AUTH =
      """
      {"type":"AUTH","id":"a-1","timestamp":"2024-08-11T09:30:00.123456789+02:00",
       "source":"core-api","traceId":"t-1","labels":{"b":"2","a":"1"},
       "userId":"u-7","email":"Jane@Example.com","ipAddress":"::ffff:192.0.2.7","result":"FAIL"}\
      """;

  static final String ERROR =
      """
      {"type":"ERROR","id":"e-1","timestamp":"2024-08-11 09:30:00","errorCode":"DB-42",
       "errorMessage":"Connection lost"}\
      """;

  static final String RECONCILE =
      """
      {"type":"RECONCILE","id":"r-1","timestamp":"2024-08-11T09:30:00Z","process":"CustomerDB",
       "recordsProcessed":1.2e3,"discrepanciesFound":3.0,"timeTakenSeconds":12.50}\
      """;

  static final String NOTIFY =
      """
      {"type":"NOTIFY","id":"n-1","timestamp":"2024-08-11T09:30:00Z","jobId":"j-9",
       "notificationType":"BOOKING_CONFIRMATION","recipient":"jane@example.com",
       "status":"SUCCESS"}\
      """;

  private Decoding() {}

  static LogEvent event(String json) {
    Decoded decoded = decode(json);
    assertThat(decoded).isInstanceOf(Decoded.Valid.class);
    return ((Decoded.Valid) decoded).event().event();
  }

  static Decoded.Invalid invalid(String json) {
    Decoded decoded = decode(json);
    assertThat(decoded).isInstanceOf(Decoded.Invalid.class);
    return (Decoded.Invalid) decoded;
  }

  static Decoded decode(String json) {
    return decode(decoder(262_144), json);
  }

  static Decoded decode(EventDecoder decoder, String json) {
    try (JsonParser parser = parser(json)) {
      parser.nextToken();
      return decoder.decode(parser);
    }
  }

  static JsonParser parser(String json) {
    return new JsonFactory()
        .createParser(ObjectReadContext.empty(), json.getBytes(StandardCharsets.UTF_8));
  }

  static EventDecoder decoder(int eventBytes) {
    EventLimits limits =
        new EventLimits(eventBytes, 8_192, 65_536, Period.ofYears(10), Duration.ofHours(1));
    return new EventDecoder(limits, () -> "assigned", NOW);
  }
}
