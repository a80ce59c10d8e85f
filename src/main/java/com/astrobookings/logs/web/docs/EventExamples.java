package com.astrobookings.logs.web.docs;

import com.astrobookings.logs.event.EventType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One event of each type, as a producer may send it. */
public final class EventExamples {

  private EventExamples() {}

  /** One of each type, in the order of the types. */
  public static List<Map<String, Object>> all() {
    return Arrays.stream(EventType.values()).map(EventExamples::of).toList();
  }

  /** What the first example that has the member says in it; of pairs, the first value. */
  public static String sampleOf(String member) {
    return all().stream()
        .map(event -> event.get(member))
        .filter(Objects::nonNull)
        .map(value -> value instanceof Map<?, ?> pairs ? pairs.values().iterator().next() : value)
        .map(Objects::toString)
        .findFirst()
        .orElseThrow();
  }

  /** The first of them as answers show it. */
  public static Map<String, Object> read() {
    Map<String, Object> event = all().getFirst();
    event.put("receivedAt", "2024-08-11T09:30:00.210987654Z");
    return event;
  }

  /** An event of the type. */
  public static Map<String, Object> of(EventType type) {
    return switch (type) {
      case AUTH -> auth();
      case ERROR -> error();
      case RECONCILE -> reconcile();
      case NOTIFY -> notification();
    };
  }

  private static Map<String, Object> auth() {
    return Api.object(
        "type", "AUTH",
        "id", "core-api.4711",
        "timestamp", "2024-08-11T09:30:00.123456789Z",
        "source", "core-api",
        "traceId", "4bf92f3577b34da6a3ce929d0e0e4736",
        "labels", Map.of("region", "eu-west"),
        "userId", "u-1042",
        "email", "jane@example.com",
        "ipAddress", "192.0.2.7",
        "result", "FAIL");
  }

  private static Map<String, Object> error() {
    return Api.object(
        "type", "ERROR",
        "source", "booking",
        "errorCode", "DB-42",
        "errorMessage", "Connection to the ledger was lost",
        "stackTrace",
            "java.sql.SQLException: closed\n\tat com.astrobookings.Ledger.book(Ledger.java:7)");
  }

  private static Map<String, Object> reconcile() {
    return Api.object(
        "type",
        "RECONCILE",
        "process",
        "CustomerDB",
        "recordsProcessed",
        120_000,
        "discrepanciesFound",
        3,
        "timeTakenSeconds",
        42.5);
  }

  private static Map<String, Object> notification() {
    return Api.object(
        "type", "NOTIFY",
        "jobId", "job-7",
        "notificationType", "BOOKING_CONFIRMATION",
        "recipient", "jane@example.com",
        "status", "SUCCESS");
  }
}
