package com.astrobookings.logs.web.docs;

import com.astrobookings.logs.event.EventType;
import java.util.Map;

/** One event of each type, as a producer may send it. */
final class EventExamples {

  private EventExamples() {}

  static Map<String, Object> of(EventType type) {
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
