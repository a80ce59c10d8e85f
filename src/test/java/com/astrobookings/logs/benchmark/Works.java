package com.astrobookings.logs.benchmark;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * What producers and operators do, as requests to the service and as those to Elasticsearch with
 * the same effect. Each side has a month of its own, with the same mapping and settings.
 */
final class Works {

  private static final int BATCH = 500;
  private static final int PAGE = 100;

  private static final String EVENT =
      """
      {"type":"AUTH","id":"%s","timestamp":"2024-%sT%s.%09dZ","source":"core-api",\
      "userId":"user-%d","ipAddress":"192.0.2.%d","result":"FAIL"}\
      """;

  private static final String DOCUMENT =
      """
      {"@timestamp":"2024-%2$sT%3$s.%4$09dZ","ecs":{"version":"9.0.0"},"event":{"category":\
      "authentication","code":"AUTH","failed":1,"id":"%1$s","ingested":"2024-03-01T00:00:00Z",\
      "kind":"event","outcome":"failure"},"log":{"level":"warn"},"message":\
      "Sign-in of user-%5$d from 192.0.2.%6$d failed","service":{"name":"core-api"},\
      "source":{"ip":"192.0.2.%6$d"},"user":{"id":"user-%5$d"}}\
      """;

  private final URI service;
  private final URI elasticsearch;

  Works(URI service, URI elasticsearch) {
    this.service = service;
    this.elasticsearch = elasticsearch;
  }

  List<Comparison> all() {
    return List.of(batches(), singles(), pages(), byId());
  }

  /** Makes both months, with one event each. */
  List<HttpRequest> preparation() {
    return List.of(event(EVENT, "01", 0), event(EVENT, "02", 0));
  }

  private HttpRequest event(String template, String month, long number) {
    return post(
        service.resolve("/api/v1/logs"), "application/json", filled(template, month, number));
  }

  private Comparison batches() {
    URI bulk =
        elasticsearch.resolve("/astrobookings-events-2024.02-write/_bulk?require_alias=true");
    return new Comparison(
        "store batches of %d".formatted(BATCH),
        4,
        "events",
        BATCH,
        new Side(
            i ->
                post(
                    service.resolve("/api/v1/logs?verbose=false"),
                    "application/x-ndjson",
                    batch(i)),
            body -> body.contains("\"stored\":" + BATCH)),
        new Side(
            i -> post(bulk, "application/x-ndjson", bulk(i)),
            body -> body.contains("\"errors\":false")));
  }

  private Comparison singles() {
    return new Comparison(
        "store single events",
        64,
        "events",
        1,
        new Side(i -> event(EVENT, "01", i * BATCH), body -> body.contains("\"stored\":1")),
        new Side(
            i ->
                post(
                    elasticsearch.resolve("/astrobookings-events-2024.02/_create/" + id(i * BATCH)),
                    "application/json",
                    filled(DOCUMENT, "02", i * BATCH)),
            body -> body.contains("\"result\":\"created\"")));
  }

  private Comparison pages() {
    return new Comparison(
        "read pages of %d".formatted(PAGE),
        8,
        "events",
        PAGE,
        new Side(
            i ->
                get(
                    service.resolve(
                        "/api/v1/logs?type=AUTH&total=none&limit=%d&from=2024-01-%02d&to=2024-01-28"
                            .formatted(PAGE, 1 + i % 20))),
            body -> body.contains("\"next\"")),
        new Side(
            i ->
                post(
                    elasticsearch.resolve("/astrobookings-events-2024.02/_search"),
                    "application/json",
                    """
                    {"size":%d,"track_total_hits":false,"sort":["@timestamp","event.id"],"query":\
                    {"bool":{"filter":[{"term":{"event.code":"AUTH"}},{"range":{"@timestamp":\
                    {"gte":"2024-02-%02dT00:00:00Z","lte":"2024-02-28T23:59:59.999999999Z"}}}]}}}\
                    """
                        .formatted(PAGE, 1 + i % 20)),
            body -> body.contains("\"failed\":0")));
  }

  private Comparison byId() {
    return new Comparison(
        "read one event by its id",
        16,
        "events",
        1,
        new Side(
            i -> get(service.resolve("/api/v1/logs/" + id(0) + "?timestamp=2024-01-01")),
            body -> body.contains("\"userId\"")),
        new Side(
            i -> get(elasticsearch.resolve("/astrobookings-events-2024.02/_doc/" + id(0))),
            body -> body.contains("\"found\":true")));
  }

  private static String batch(long number) {
    return numbers(number).mapToObj(i -> filled(EVENT, "01", i)).collect(joining("\n"));
  }

  private static String bulk(long number) {
    return numbers(number)
        .mapToObj(
            i -> "{\"create\":{\"_id\":\"%s\"}}\n%s\n".formatted(id(i), filled(DOCUMENT, "02", i)))
        .collect(joining());
  }

  private static LongStream numbers(long batch) {
    return LongStream.range(batch * BATCH, (batch + 1) * BATCH);
  }

  private static String id(long number) {
    return "benchmark-" + number;
  }

  /** The events of a month are spread over its first 28 days. */
  private static String filled(String template, String month, long number) {
    long second = number * 7_919 % (28 * 86_400);
    return String.format(
        Locale.ROOT,
        template,
        id(number),
        month + "-%02d".formatted(1 + second / 86_400),
        "%02d:%02d:%02d".formatted(second / 3_600 % 24, second / 60 % 60, second % 60),
        number % 1_000_000_000,
        number % 5_000,
        number % 256);
  }

  private static HttpRequest get(URI uri) {
    return HttpRequest.newBuilder(uri).build();
  }

  private static HttpRequest post(URI uri, String type, String body) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", type)
        .POST(BodyPublishers.ofString(body))
        .build();
  }
}
