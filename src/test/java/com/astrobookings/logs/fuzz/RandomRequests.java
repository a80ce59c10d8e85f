package com.astrobookings.logs.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.astrobookings.logs.fuzz.Sample.Kind;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Requests: valid ones of every kind, damaged ones and malformed ones, with their statuses. */
final class RandomRequests extends RandomText {

  private static final String LOGS = "/api/v1/logs";
  private static final String SEARCH = "/api/v1/logs/search";
  private static final String JSON = "application/json";
  private static final String NDJSON = "application/x-ndjson";

  private final RandomEvents events;
  private final RandomReads reads;
  private final Damage damage;

  RandomRequests(Random random) {
    super(random);
    events = new RandomEvents(random);
    reads = new RandomReads(random);
    damage = new Damage(random);
  }

  /** Three of five are valid. */
  Sample next() {
    int share = between(1, 100);
    if (share <= 30) {
      return write();
    }
    if (share <= 45) {
      return list(reads.parameters()).as(Kind.LIST, 200);
    }
    if (share <= 55) {
      return Sample.post(SEARCH, JSON, json(reads.parameters())).as(Kind.SEARCH, 200);
    }
    if (share <= 62) {
      return Sample.get(LOGS + "/fuzz-" + between(0, 100_000)).as(Kind.BY_ID, 200, 404);
    }
    return share <= 82 ? damagedWrite() : share <= 92 ? damagedRead() : malformed();
  }

  /** By chance there is an event with the id already, or even the same. */
  private Sample write() {
    return anyOf(
        () -> Sample.post(LOGS, JSON, events.event()).as(Kind.EVENT, 200, 201, 409),
        () -> Sample.post(LOGS, JSON, events.array()).as(Kind.EVENTS, 200, 207),
        () -> Sample.post(LOGS, NDJSON, events.lines()).as(Kind.EVENTS, 200, 207));
  }

  private Sample damagedWrite() {
    if (oneIn(2)) {
      String body = damage.to(events.lines());
      return Sample.post(LOGS, NDJSON, body).as(Kind.DAMAGED_WRITE, ExpectedWrites.ofLines(body));
    }
    String body = damage.to(anyOf(events::event, events::array));
    return Sample.post(LOGS, JSON, body).as(Kind.DAMAGED_WRITE, ExpectedWrites.ofJson(body));
  }

  /** A damaged query may be another that is valid. */
  private Sample damagedRead() {
    return anyOf(
        () ->
            list(Map.of(oneOf(List.of("limit", "cursor")), damage.odd()))
                .as(Kind.DAMAGED_READ, 400),
        () -> list(Map.of("x" + damage.odd(), "1")).as(Kind.DAMAGED_READ, 400),
        () ->
            list(Map.of(oneOf(List.of("from", "to", "tz", "q")), damage.odd()))
                .as(Kind.DAMAGED_READ, 200, 400),
        () -> list(Map.of("q", damage.to(reads.query()))).as(Kind.DAMAGED_READ, 200, 400),
        () -> {
          String body = damage.to(json(reads.parameters()));
          return Sample.post(SEARCH, JSON, body)
              .as(Kind.DAMAGED_READ, ExpectedWrites.isJson(body) ? Set.of(200, 400) : Set.of(400));
        });
  }

  private Sample malformed() {
    String odd = encoded(damage.odd());
    Sample write = Sample.post(LOGS, JSON, events.event());
    return anyOf(
        () -> Sample.get(LOGS + "/x" + odd).as(Kind.MALFORMED, 400, 404),
        () -> Sample.get("/x" + odd).as(Kind.MALFORMED, 400, 404),
        () -> write.to(LOGS + "?refresh=" + odd).as(Kind.MALFORMED, 400),
        () -> write.by(oneOf(List.of("PUT", "DELETE", "PATCH"))).as(Kind.MALFORMED, 405),
        () -> write.by("HEAD").as(Kind.MALFORMED, 200),
        () -> write.by("OPTIONS").as(Kind.MALFORMED, 204),
        () -> write.with("Content-Type", odd + "/x").as(Kind.MALFORMED, 400, 415, 431),
        () -> write.with("Content-Encoding", "gzip").as(Kind.MALFORMED, 400),
        () -> list(reads.parameters()).with("Accept", "image/png").as(Kind.MALFORMED, 406));
  }

  private static Sample list(Map<String, String> parameters) {
    return Sample.get(
        parameters.entrySet().stream()
            .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
            .collect(joining("&", LOGS + "?", "")));
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
