package com.astrobookings.logs.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An hour with something wrong in it: an address that tries sixty accounts, an account that is
 * tried from nine addresses, four kinds of errors, a notification provider that fails, a
 * reconciliation with discrepancies. The same events in each run but for their ids.
 */
final class SeededHour {

  static final String SPRAYING_ADDRESS = "203.0.113.66";
  static final String TRIED_ACCOUNT = "u-7";

  private static final String TRACE =
      """
      java.lang.IllegalStateException: The booking has no seats
      \tat com.astrobookings.core.SeatMap.reserve(SeatMap.java:118)
      \tat com.astrobookings.core.BookingService.book(BookingService.java:74)
      \tat java.base/java.lang.reflect.Method.invoke(Method.java:580)
      \tat org.springframework.aop.framework.ReflectiveMethodInvocation.proceed(ReflectiveMethodInvocation.java:184)
      \tat org.springframework.transaction.interceptor.TransactionInterceptor.invoke(TransactionInterceptor.java:119)
      \tat reactor.core.publisher.MonoFlatMap$FlatMapMain.onNext(MonoFlatMap.java:132)
      Caused by: java.util.NoSuchElementException: No value present
      \tat com.astrobookings.core.SeatMap.find(SeatMap.java:52)
      \t... 31 more\
      """;

  private final Instant start;
  private final List<Map<String, Object>> events = new ArrayList<>();

  private SeededHour(Instant start) {
    this.start = start;
  }

  /** Returns the events of the hour that begins at an instant. */
  static List<Map<String, Object>> at(Instant start) {
    SeededHour hour = new SeededHour(start);
    hour.signIns();
    hour.errors();
    hour.jobs();
    return hour.events;
  }

  private Map<String, Object> add(int second, String type, String source) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("id", UUID.randomUUID().toString());
    event.put("type", type);
    event.put("timestamp", start.plusSeconds(second).plusNanos(1_234_567).toString());
    event.put("source", source);
    events.add(event);
    return event;
  }

  private void signIns() {
    for (int i = 0; i < 300; i++) {
      Map<String, Object> event = add(i * 12, "AUTH", "identity");
      event.put(
          i % 10 == 0 ? "email" : "userId",
          i % 10 == 0 ? "g" + i % 40 + "@example.com" : "u-" + i % 50);
      event.put("ipAddress", "10.1." + i % 50 + "." + i % 50);
      event.put("result", i % 25 == 0 ? "FAIL" : "SUCCESS");
    }
    for (int i = 0; i < 60; i++) {
      Map<String, Object> event = add(1_800 + i * 5, "AUTH", "identity");
      event.put("userId", "u-" + (100 + i));
      event.put("ipAddress", SPRAYING_ADDRESS);
      event.put("result", i == 59 ? "SUCCESS" : "FAIL");
    }
    for (int i = 0; i < 9; i++) {
      Map<String, Object> event = add(2_400 + i * 7, "AUTH", "identity");
      event.put("userId", TRIED_ACCOUNT);
      event.put("ipAddress", "198.51.100." + i);
      event.put("result", "FAIL");
    }
  }

  private void errors() {
    for (int i = 0; i < 30; i++) {
      Map<String, Object> event = add(60 + i * 110, "ERROR", "core-api");
      event.put("errorCode", "BOOKING-409");
      event.put("errorMessage", "Booking " + (4711 + i) + " has no seats");
      event.put("stackTrace", TRACE);
      event.put("traceId", "%032x".formatted(i + 1));
      event.put("labels", Map.of("region", i % 2 == 0 ? "eu-west" : "us-east"));
    }
    for (int i = 0; i < 12; i++) {
      Map<String, Object> event = add(2_700 + i * 20, "ERROR", "payments");
      event.put("errorCode", "PAY-TIMEOUT");
      event.put("errorMessage", "The provider did not answer within " + (2_000 + i) + " ms");
    }
  }

  private void jobs() {
    for (int i = 0; i < 90; i++) {
      Map<String, Object> event = add(30 + i * 39, "NOTIFY", "notifier");
      event.put("jobId", "job-" + i % 12);
      event.put("notificationType", List.of("EMAIL", "SMS", "PUSH").get(i % 3));
      event.put("recipient", "g" + i % 20 + "@example.com");
      event.put("status", i % 3 == 1 && i % 2 == 0 ? "FAIL" : "SUCCESS");
    }
    for (int i = 0; i < 6; i++) {
      Map<String, Object> event = add(100 + i * 600, "RECONCILE", "reconciler");
      event.put("process", "CustomerDB");
      event.put("recordsProcessed", 12_000 + i);
      event.put("discrepanciesFound", i == 4 ? 17 : 0);
      event.put("timeTakenSeconds", 4.25);
    }
  }
}
