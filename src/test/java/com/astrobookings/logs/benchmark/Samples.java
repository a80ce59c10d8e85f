package com.astrobookings.logs.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The mixture of events: of each hundred, 70 are AUTH, 20 NOTIFY, 9 ERROR with a trace of 1.5 KB
 * and one RECONCILE, in an order that mixes them. Several samples of each type differ in what real
 * ones differ in.
 */
final class Samples {

  private static final int VARIANTS = 16;
  private static final int TRACE = 1_500;
  private static final List<String> CLASSES =
      List.of(
          "payment.CardGateway",
          "booking.SeatMap",
          "launch.Schedule",
          "web.BookingController",
          "crew.Roster",
          "pricing.FareTable",
          "mail.Outbox",
          "partner.AgencyClient");
  private static final List<String> METHODS =
      List.of("reserve", "charge", "find", "lambda$send$3", "doInTransaction", "refresh", "invoke");
  private static final List<String> FAILURES =
      List.of(
          "java.net.SocketTimeoutException: Read timed out",
          "java.lang.IllegalStateException: Booking 9081726354 is closed",
          "java.lang.NullPointerException: Cannot invoke \\\"Seat.row()\\\"",
          "org.postgresql.util.PSQLException: deadlock detected");

  private Samples() {}

  /** The events in JSON, those of a type one after another: AUTH, NOTIFY, ERROR, RECONCILE. */
  static List<String> events() {
    List<String> events = new ArrayList<>();
    for (String rest : List.of(AUTH, NOTIFY, ERROR, RECONCILE)) {
      for (int i = 0; i < VARIANTS; i++) {
        events.add(event(rest, events.size(), new Random(i)));
      }
    }
    return events;
  }

  private static final String AUTH =
      """
      "type":"AUTH","source":"core-api","userId":"user-4711","email":"user-4711@example.com",\
      "ipAddress":"192.0.2.199","result":"OUTCOME"}\
      """;

  private static final String NOTIFY =
      """
      "type":"NOTIFY","source":"mailer","traceId":"4bf92f3577b34da6a3ce929081726354",\
      "jobId":"job-9081726354","notificationType":"BOOKING_CONFIRMATION",\
      "recipient":"user-4711@example.com","status":"OUTCOME"}\
      """;

  private static final String ERROR =
      """
      "type":"ERROR","source":"booking-api","traceId":"4bf92f3577b34da6a3ce929081726354",\
      "errorCode":"BKG-NUMBER","errorMessage":"Booking 9081726354 could not be completed",\
      "stackTrace":"TRACE"}\
      """;

  private static final String RECONCILE =
      """
      "type":"RECONCILE","source":"batch","process":"CustomerDB","recordsProcessed":150NUMBER,\
      "discrepanciesFound":NUMBER,"timeTakenSeconds":93.25}\
      """;

  private static String event(String rest, int sample, Random random) {
    return "{\"id\":\"%s\",\"timestamp\":\"%sZ\",".formatted(id(sample), Template.TIME)
        + rest.replace("OUTCOME", random.nextInt(4) == 0 ? "FAIL" : "SUCCESS")
            .replace("NUMBER", Integer.toString(100 + random.nextInt(900)))
            .replace("TRACE", trace(random));
  }

  /** The id of a sample. */
  static String id(int sample) {
    return "core-%02d-%s".formatted(sample, Template.ID);
  }

  private static String trace(Random random) {
    StringBuilder trace = new StringBuilder(any(FAILURES, random));
    while (trace.length() < TRACE) {
      String type = any(CLASSES, random);
      trace.append(
          "\\n\\tat com.astrobookings.%s.%s(%s.java:%d)"
              .formatted(
                  type, any(METHODS, random), type.replaceFirst(".*\\.", ""), random.nextInt(400)));
    }
    return trace.toString();
  }

  private static String any(List<String> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  /** Which of the samples is the one of that number. */
  static int of(long number) {
    long share = number * 37 % 100;
    int type = share < 70 ? 0 : share < 90 ? 1 : share < 99 ? 2 : 3;
    return type * VARIANTS + (int) (number / 100 % VARIANTS);
  }
}
