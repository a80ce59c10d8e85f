package com.astrobookings.logs.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The parameters of valid reads, by name. */
final class RandomReads extends RandomText {

  private static final List<String> FROM =
      List.of(
          "2024-08-11",
          "2024-08-11 00:00:00",
          "2024-08-11T02:00:00+02:00",
          "2024-08-11T00:00:00.000000001Z",
          "1723334400000",
          "now-900d/d");

  private static final List<String> TO =
      List.of("2024-08-12", "2024-08-12 23:59:59", "2024-08-12T10:15", "now", "now-15m");

  private static final List<Map<String, String>> FILTERS =
      List.of(
          Map.of("type", "AUTH", "outcome", "FAIL"),
          Map.of("type", "AUTH,NOTIFY", "outcome", "SUCCESS"),
          Map.of("type", "ERROR", "errorCode", "E3"),
          Map.of("userId", "u-7"),
          Map.of("email", "ZOË.7@example.com"),
          Map.of("ipAddress", "192.0.2.0/25"),
          Map.of("ipAddress", "2001:db8::/32", "type", "AUTH"),
          Map.of("process", "p"),
          Map.of("jobId", "job-3", "notificationType", "n"),
          Map.of("recipient", "r@example.com", "source", "core-api"),
          Map.of("label.build.number", "7"),
          Map.of("traceId", "4bf92f3577b34da6a3ce929d0e0e4736"));

  private static final List<String> TERMS =
      List.of(
          "NullPointerException",
          "\"a.b.C\"",
          "event.code : ERROR",
          "error.code : (E1 or E2)",
          "event.outcome : fail*",
          "user.id : *",
          "source.ip : \"192.0.2.0/24\"",
          "reconcile.records_processed >= 1000",
          "@timestamp < \"2024-08-12\"",
          "labels.team : \"\"");

  RandomReads(Random random) {
    super(random);
  }

  Map<String, String> parameters() {
    Map<String, String> all = new TreeMap<>();
    switch (between(0, 2)) {
      case 0 -> {}
      case 1 -> all.put("from", oneOf(FROM));
      default -> {
        all.put("from", oneOf(FROM));
        all.put("to", oneOf(TO));
        all.put("tz", "Europe/Madrid");
      }
    }
    if (oneIn(2)) {
      all.putAll(oneOf(FILTERS));
    }
    if (oneIn(2)) {
      all.put("q", query());
    }
    all.put("limit", String.valueOf(between(1, 50)));
    all.put("order", oneOf(List.of("asc", "desc")));
    all.put("total", oneOf(List.of("bounded", "exact", "none")));
    return all;
  }

  /** Kibana Query Language, up to four levels deep. */
  String query() {
    return query(4);
  }

  private String query(int levels) {
    return switch (levels == 0 ? 0 : between(0, 4)) {
      case 0 -> oneOf(TERMS);
      case 1 -> "not " + query(levels - 1);
      case 2 -> "(" + query(levels - 1) + ")";
      case 3 -> query(levels - 1) + " and " + query(levels - 1);
      default -> query(levels - 1) + " or " + query(levels - 1);
    };
  }
}
