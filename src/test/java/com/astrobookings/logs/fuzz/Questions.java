package com.astrobookings.logs.fuzz;

import static org.quicktheories.generators.Generate.constant;
import static org.quicktheories.generators.Generate.frequency;
import static org.quicktheories.generators.Generate.oneOf;
import static org.quicktheories.generators.Generate.pick;
import static org.quicktheories.generators.SourceDSL.integers;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.quicktheories.api.Pair;
import org.quicktheories.core.Gen;

/** The parameters of valid reads, by name. */
final class Questions {

  private static final Gen<String> FROM =
      pick(
          List.of(
              "2024-08-11",
              "2024-08-11 00:00:00",
              "2024-08-11T02:00:00+02:00",
              "2024-08-11T00:00:00.000000001Z",
              "1723334400000",
              "now-900d/d"));

  private static final Gen<String> TO =
      pick(List.of("2024-08-12", "2024-08-12 23:59:59", "2024-08-12T10:15", "now", "now-15m"));

  private static final Gen<Map<String, String>> FILTERS =
      pick(
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
              Map.of("traceId", "4bf92f3577b34da6a3ce929d0e0e4736")));

  private Questions() {}

  static Gen<Map<String, String>> question() {
    return period()
        .zip(
            perhaps(FILTERS),
            perhaps(query().map(q -> Map.of("q", q))),
            page(),
            (period, filters, q, page) -> {
              Map<String, String> all = new TreeMap<>(period);
              all.putAll(filters);
              all.putAll(q);
              all.putAll(page);
              return all;
            });
  }

  /** Kibana Query Language, up to four levels deep. */
  static Gen<String> query() {
    return query(4);
  }

  private static Gen<String> query(int levels) {
    Gen<String> term =
        pick(
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
                "labels.team : \"\""));
    if (levels == 0) {
      return term;
    }
    Gen<String> deeper = query(levels - 1);
    return oneOf(
        term,
        deeper.map(query -> "not %s".formatted(query)),
        deeper.map(query -> "(%s)".formatted(query)),
        deeper.zip(deeper, "%s and %s"::formatted),
        deeper.zip(deeper, "%s or %s"::formatted));
  }

  private static Gen<Map<String, String>> period() {
    return oneOf(
        constant(Map.of()),
        FROM.map(from -> Map.of("from", from)),
        FROM.zip(TO, (from, to) -> Map.of("from", from, "to", to, "tz", "Europe/Madrid")));
  }

  private static Gen<Map<String, String>> page() {
    return integers()
        .between(1, 50)
        .zip(
            pick(List.of("asc", "desc")),
            pick(List.of("bounded", "exact", "none")),
            (limit, order, total) ->
                Map.of("limit", String.valueOf(limit), "order", order, "total", total));
  }

  private static Gen<Map<String, String>> perhaps(Gen<Map<String, String>> parameters) {
    return frequency(Pair.of(1, constant(Map.of())), Pair.of(1, parameters));
  }
}
