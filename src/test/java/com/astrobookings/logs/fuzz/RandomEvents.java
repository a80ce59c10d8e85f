package com.astrobookings.logs.fuzz;

import java.time.Instant;
import java.util.List;
import java.util.Random;

/** The JSON of valid events. The same id can come twice. */
final class RandomEvents extends RandomText {

  private static final Instant NOW = Instant.parse("2024-08-12T10:00:00Z");

  RandomEvents(Random random) {
    super(random);
  }

  String event() {
    return "{%s,%s}"
        .formatted(envelope(), anyOf(this::auth, this::error, this::reconcile, this::notification));
  }

  String array() {
    return "[" + String.join(",", several(this::event)) + "]";
  }

  String lines() {
    return String.join("\n", several(this::event));
  }

  private String envelope() {
    return "\"id\":\"fuzz-%d\",\"timestamp\":\"%s\"%s%s"
        .formatted(
            between(0, 100_000),
            NOW.minusSeconds(between(0, 100_000)),
            oneOf(List.of("", ",\"source\":\"core-api\"", ",\"source\":\"予約 \\\"B\\\"\"")),
            oneOf(
                List.of(
                    "", ",\"labels\":{}", ",\"labels\":{\"team\":\"\",\"build.number\":\"7\"}")));
  }

  private String auth() {
    String account =
        oneOf(List.of("\"userId\":\"u-%d\"", "\"email\":\"Zoë.%d@example.com\""))
            .formatted(between(0, 99));
    String address =
        anyOf(
            () -> "192.0.2.%d".formatted(between(0, 255)),
            () -> "2001:db8::%x".formatted(between(1, 0xffff)));
    return "\"type\":\"AUTH\",%s,\"ipAddress\":\"%s\",\"result\":\"%s\""
        .formatted(account, address, result());
  }

  private String error() {
    String trace =
        oneIn(3)
            ? ",\"stackTrace\":\"java.lang.NullPointerException%s\""
                .formatted("\\n\\tat a.b.C.d(C.java:1)".repeat(between(1, 100)))
            : "";
    return "\"type\":\"ERROR\",\"errorCode\":\"E%d\",\"errorMessage\":\"m\"%s"
        .formatted(between(0, 9), trace);
  }

  private String reconcile() {
    return """
    "type":"RECONCILE","process":"p","recordsProcessed":%d,"discrepanciesFound":%d,\
    "timeTakenSeconds":%d.%d\
    """
        .formatted(
            between(0, 2_000_000_000), between(0, 3), between(0, 999_999_999), between(0, 999_999));
  }

  private String notification() {
    return """
    "type":"NOTIFY","jobId":"job-%d","notificationType":"n","recipient":"r@example.com",\
    "status":"%s"\
    """
        .formatted(between(0, 20), result());
  }

  private String result() {
    return oneOf(List.of("SUCCESS", "FAIL"));
  }
}
