package com.astrobookings.logs.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.quicktheories.generators.Generate.frequency;
import static org.quicktheories.generators.Generate.oneOf;
import static org.quicktheories.generators.Generate.pick;
import static org.quicktheories.generators.SourceDSL.integers;

import com.astrobookings.logs.fuzz.Sample.Kind;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import org.quicktheories.api.Pair;
import org.quicktheories.core.Gen;

/** Requests: valid ones of every kind, and others that are nearly valid or not at all. */
final class Requests {

  private static final String LOGS = "/api/v1/logs";
  private static final String JSON = "application/json";
  private static final String LINES = "application/x-ndjson";

  private Requests() {}

  /** Three of five are valid. */
  static Gen<Sample> request() {
    return frequency(
        Pair.of(30, write()),
        Pair.of(15, Questions.question().map(Requests::list)),
        Pair.of(10, Questions.question().map(Requests::search)),
        Pair.of(
            7,
            integers()
                .between(0, 100_000)
                .map(id -> "/api/v1/logs/fuzz-%d".formatted(id))
                .map(target -> Sample.get(Kind.BY_ID, target))),
        Pair.of(20, badWrite()),
        Pair.of(10, badRead()),
        Pair.of(8, oddRequest()));
  }

  private static Gen<Sample> write() {
    return oneOf(
        EventTexts.event().map(body -> Sample.post(Kind.ONE_EVENT, LOGS, JSON, body)),
        EventTexts.array().map(body -> Sample.post(Kind.EVENTS, LOGS, JSON, body)),
        EventTexts.lines().map(body -> Sample.post(Kind.EVENTS, LOGS, LINES, body)));
  }

  private static Gen<Sample> badWrite() {
    Gen<String> events = oneOf(EventTexts.event(), EventTexts.array());
    return oneOf(
        Harms.harmed(events).map(body -> Sample.post(Kind.DUBIOUS, LOGS, JSON, body)),
        Harms.harmed(EventTexts.lines()).map(body -> Sample.post(Kind.DUBIOUS, LOGS, LINES, body)));
  }

  private static Gen<Sample> badRead() {
    Gen<String> name =
        oneOf(pick(List.of("from", "to", "limit", "cursor", "tz", "q")), Harms.odd());
    return oneOf(
            name.zip(Harms.odd(), (parameter, odd) -> list(Map.of(parameter, odd))),
            Harms.harmed(Questions.query()).map(q -> list(Map.of("q", q))),
            Harms.harmed(Questions.question().map(Requests::json))
                .map(body -> Sample.post(Kind.DUBIOUS, LOGS + "/search", JSON, body)))
        .map(Sample::dubious);
  }

  private static Gen<Sample> oddRequest() {
    Gen<Sample> write = EventTexts.event().map(body -> Sample.post(Kind.DUBIOUS, LOGS, JSON, body));
    Gen<String> odd = Harms.odd().map(Requests::encoded);
    return oneOf(
        odd.map(id -> Sample.get(Kind.DUBIOUS, LOGS + "/" + id)),
        odd.map(path -> Sample.get(Kind.DUBIOUS, "/" + path)),
        odd.zip(
            write,
            (value, sample) ->
                Sample.post(Kind.DUBIOUS, LOGS + "?refresh=" + value, JSON, sample.body())),
        write.zip(pick(List.of("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")), Sample::by),
        write.zip(odd, (sample, value) -> sample.with("Content-Type", value + "/x")),
        write.map(sample -> sample.with("Content-Encoding", "gzip")),
        Questions.question().map(asked -> list(asked).with("Accept", "image/png")));
  }

  private static Sample list(Map<String, String> parameters) {
    return Sample.get(
        Kind.LIST,
        parameters.entrySet().stream()
            .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
            .collect(joining("&", LOGS + "?", "")));
  }

  private static Sample search(Map<String, String> parameters) {
    return Sample.post(Kind.SEARCH, LOGS + "/search", JSON, json(parameters));
  }

  private static String json(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(one -> "\"%s\":\"%s\"".formatted(one.getKey(), one.getValue().replace("\"", "\\\"")))
        .collect(joining(",", "{", "}"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
