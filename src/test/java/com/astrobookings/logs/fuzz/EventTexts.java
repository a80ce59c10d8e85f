package com.astrobookings.logs.fuzz;

import static org.quicktheories.generators.Generate.constant;
import static org.quicktheories.generators.Generate.frequency;
import static org.quicktheories.generators.Generate.oneOf;
import static org.quicktheories.generators.Generate.pick;
import static org.quicktheories.generators.SourceDSL.doubles;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.time.Instant;
import java.util.List;
import org.quicktheories.api.Pair;
import org.quicktheories.core.Gen;

/** The JSON of valid events. The same id can come twice. */
final class EventTexts {

  private static final Instant NOW = Instant.parse("2024-08-12T10:00:00Z");

  private EventTexts() {}

  static Gen<String> event() {
    return envelope()
        .zip(oneOf(auth(), error(), reconcile(), notification()), "{%s,%s}"::formatted);
  }

  static Gen<String> array() {
    return lists()
        .of(event())
        .ofSizeBetween(1, 5)
        .map(events -> "[" + String.join(",", events) + "]");
  }

  static Gen<String> lines() {
    return lists().of(event()).ofSizeBetween(1, 5).map(events -> String.join("\n", events));
  }

  private static Gen<String> envelope() {
    Gen<String> identity =
        integers()
            .between(0, 100_000)
            .zip(
                integers().between(0, 100_000),
                (id, age) ->
                    "\"id\":\"fuzz-%d\",\"timestamp\":\"%s\"".formatted(id, NOW.minusSeconds(age)));
    Gen<String> origin =
        pick(List.of("", ",\"source\":\"core-api\"", ",\"source\":\"予約 \\\"B\\\"\""));
    Gen<String> labels =
        pick(List.of("", ",\"labels\":{}", ",\"labels\":{\"team\":\"\",\"build.number\":\"7\"}"));
    return identity.zip(origin, labels, (id, source, pairs) -> id + source + pairs);
  }

  private static Gen<String> auth() {
    return oneOf(
            integers().between(0, 99).map(value -> "\"userId\":\"u-%d\"".formatted(value)),
            integers()
                .between(0, 99)
                .map(value -> "\"email\":\"Zoë.%d@example.com\"".formatted(value)))
        .zip(
            oneOf(
                integers().between(0, 255).map(value -> "192.0.2.%d".formatted(value)),
                integers().between(1, 0xffff).map(value -> "2001:db8::%x".formatted(value))),
            pick(List.of("SUCCESS", "FAIL")),
            "\"type\":\"AUTH\",%s,\"ipAddress\":\"%s\",\"result\":\"%s\""::formatted);
  }

  private static Gen<String> error() {
    Gen<String> trace =
        frequency(
            Pair.of(2, constant("")),
            Pair.of(
                1,
                integers()
                    .between(1, 100)
                    .map(depth -> "\\n\\tat a.b.C.d(C.java:1)".repeat(depth))
                    .map(value ->
                        ",\"stackTrace\":\"java.lang.NullPointerException%s\"".formatted(value))));
    return integers()
        .between(0, 9)
        .zip(trace, "\"type\":\"ERROR\",\"errorCode\":\"E%d\",\"errorMessage\":\"m\"%s"::formatted);
  }

  private static Gen<String> reconcile() {
    return integers()
        .between(0, Integer.MAX_VALUE)
        .zip(
            integers().between(0, 3),
            doubles().between(0, 1e9),
            """
            "type":"RECONCILE","process":"p","recordsProcessed":%d,"discrepanciesFound":%d,\
            "timeTakenSeconds":%s\
            """
                ::formatted);
  }

  private static Gen<String> notification() {
    return integers()
        .between(0, 20)
        .zip(
            pick(List.of("SUCCESS", "FAIL")),
            """
            "type":"NOTIFY","jobId":"job-%d","notificationType":"n","recipient":"r@example.com",\
            "status":"%s"\
            """
                ::formatted);
  }
}
