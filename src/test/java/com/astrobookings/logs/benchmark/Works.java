package com.astrobookings.logs.benchmark;

import static com.astrobookings.logs.benchmark.Side.get;
import static com.astrobookings.logs.benchmark.Side.post;
import static com.astrobookings.logs.benchmark.Side.postLines;
import static com.astrobookings.logs.benchmark.Side.text;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * What producers and operators do, as requests to the service and as those to Elasticsearch with
 * the same effect. Every writing side has a month of its own, all with the same template; all
 * readers read one month, so that they find the same documents.
 */
final class Works {

  static final List<Integer> MONTHS =
      List.of(202401, 202402, 202403, 202404, 202405, 202406, 202407, 202408, 202409);

  /** The works that need what {@link #fill} stores. */
  static final Set<String> READS = Set.of("duplicates", "pages", "deep", "id", "stats");

  private static final int READ_MONTH = 202406;
  private static final int READ_BATCHES = 240;

  private static final int PAGE = 100;
  private static final int BATCH = Corpus.BATCH;
  private static final String STORED_BATCH = "\"stored\":" + BATCH;

  private final Sides sides;
  private final Corpus corpus;

  Works(Sides sides, Corpus corpus) {
    this.sides = sides;
    this.corpus = corpus;
  }

  /** The work of that name. */
  Contest named(String name) throws Exception {
    return switch (name) {
      case "batches" -> batches();
      case "singles" -> singles("store single events", 64);
      case "idle" -> singles("store single events", 1);
      case "duplicates" -> duplicates();
      case "pages" -> pages();
      case "deep" -> deepPages();
      case "id" -> byId();
      case "stats" -> stats();
      default -> throw new IllegalArgumentException("There is no work named " + name);
    };
  }

  /** Fills a month with so many events and prepares the exports of it. */
  Exports exports(long events) throws Exception {
    Load.send(bulk(202409), 0, events / BATCH);
    String index = "astrobookings-events-2024.09";
    Http.post(sides.elasticsearch().resolve("/" + index + "/_refresh"), "application/json", "");
    return new Exports(sides, index);
  }

  /** Fills the month that is read and returns how many bytes on disk an event takes there. */
  long fill() throws Exception {
    Load.send(bulk(READ_MONTH), 0, READ_BATCHES);
    URI index = sides.elasticsearch().resolve("/astrobookings-events-2024.06/");
    Http.post(index.resolve("_forcemerge?max_num_segments=1&flush=true"), "application/json", "");
    Http.post(index.resolve("_refresh"), "application/json", "");
    JsonNode primaries = Http.json(index.resolve("_stats/store,docs")).at("/_all/primaries");
    return primaries.at("/store/size_in_bytes").longValue()
        / primaries.at("/docs/count").longValue();
  }

  private Contest batches() {
    return new Contest(
        "store batches of 500", 4, BATCH, List.of(bulk(202402), batch("service", 202401)));
  }

  private Contest singles(String work, int underWay) {
    Side.Requests create = corpus.id("/astrobookings-events-2024.04/_create/", "", 202404);
    return new Contest(
        work,
        underWay,
        1,
        List.of(
            sides.direct(post(create, corpus.document(202404)), "\"created\""),
            sides.service(post(text("/api/v1/logs"), corpus.event(202403)), "\"stored\":1"),
            sides.naive(post(text("/naive"), corpus.document(202405)), "\"Created\""),
            sides.bare(post(text("/bare"), corpus.event(202403)), "\"stored\":1")));
  }

  private Contest duplicates() {
    Side.Requests again =
        (out, number) -> corpus.batch(READ_MONTH).write(out, number % READ_BATCHES);
    Side duplicates =
        sides.service(postLines("/api/v1/logs?verbose=false", again), "\"duplicate\":" + BATCH);
    return new Contest(
        "store batches of 500 again",
        4,
        BATCH,
        List.of(batch("service, new events", 202407), duplicates.named("service, all duplicates")));
  }

  private Contest pages() {
    Side.Requests search =
        oneOf(day ->
            post(
                text("/astrobookings-events-2024.06/_search"),
                text(
                    """
                    {"size":%d,"track_total_hits":false,"sort":["@timestamp","event.id"],\
                    "query":{"bool":{"filter":[{"term":{"event.code":"AUTH"}},\
                    {"range":{"@timestamp":{"gte":"2024-06-%02dT00:00:00Z",\
                    "lte":"2024-06-28T23:59:59.999999999Z"}}}]}}}\
                    """
                        .formatted(PAGE, day))));
    Side.Requests list =
        oneOf(day ->
            get(
                text(
                    "/api/v1/logs?type=AUTH&total=none&limit=%d&from=2024-06-%02d&to=2024-06-28"
                        .formatted(PAGE, day))));
    return new Contest(
        "read pages of 100",
        8,
        PAGE,
        List.of(sides.direct(search, "\"failed\":0"), sides.service(list, "\"next\":")));
  }

  private static Side.Requests oneOf(IntFunction<Side.Requests> ofDay) {
    List<Side.Requests> days = IntStream.rangeClosed(1, 20).mapToObj(ofDay).toList();
    return (out, number) -> days.get((int) (number % days.size())).write(out, number);
  }

  private Contest deepPages() throws Exception {
    String first = "/api/v1/logs?total=none&limit=100&from=2024-06-01&to=2024-06-28";
    String path = first;
    for (int page = 1; page < 1_000; page++) {
      path =
          first
              + "&cursor="
              + Http.json(sides.service().uri().resolve(path)).path("next").stringValue();
    }
    return new Contest(
        "read pages of 100",
        8,
        PAGE,
        List.of(
            sides.service(get(text(first)), "\"next\":").named("service, page 1"),
            sides.service(get(text(path)), "\"next\":").named("service, page 1,000")));
  }

  /** Every request begins at another moment, because Elasticsearch remembers counts. */
  private Contest stats() {
    String time =
        """
        "time":{"date_histogram":{"field":"@timestamp","fixed_interval":"1h","time_zone":"UTC",\
        "min_doc_count":1},"aggs":{"failed":{"sum":{"field":"event.failed"}}}}\
        """;
    Side.Requests search =
        (out, number) ->
            post(
                    text("/astrobookings-events-2024.06/_search"),
                    text(
                        """
                        {"size":0,"track_total_hits":true,"query":{"bool":{"filter":[\
                        {"term":{"event.code":"AUTH"}},{"range":{"@timestamp":{"gte":"%s",\
                        "lte":"2024-06-28T23:59:59.999999999Z"}}}]}},"aggs":{\
                        "failed":{"sum":{"field":"event.failed"}},%s,\
                        "by":{"terms":{"field":"event.outcome","size":10},"aggs":{\
                        "failed":{"sum":{"field":"event.failed"}},\
                        "first":{"min":{"field":"@timestamp"}},\
                        "last":{"max":{"field":"@timestamp"}},%s}}}}\
                        """
                            .formatted(from(number), time, time)))
                .write(out, number);
    Side.Requests stats =
        (out, number) ->
            get(text(
                    "/api/v1/logs/stats?type=AUTH&interval=1h&by=outcome&from=%s&to=2024-06-28"
                        .formatted(from(number))))
                .write(out, number);
    return new Contest(
        "count by hour and outcome",
        2,
        1,
        List.of(sides.direct(search, "\"failed\":0"), sides.service(stats, "\"buckets\":")));
  }

  private static String from(long number) {
    return Instant.parse("2024-06-01T00:00:00Z")
        .plusSeconds(number % 20 * 86_400)
        .plusMillis(number)
        .toString();
  }

  private Contest byId() {
    return new Contest(
        "read one event by its id",
        16,
        1,
        List.of(
            sides.direct(
                get(stored(corpus.id("/astrobookings-events-2024.06/_doc/", "", READ_MONTH))),
                "\"found\":true"),
            sides.service(
                get(
                    stored(
                        corpus.id(
                            "/api/v1/logs/", "?timestamp=" + Template.TIME + "Z", READ_MONTH))),
                "\"receivedAt\"")));
  }

  private static Side.Requests stored(Side.Requests requests) {
    return (out, number) -> requests.write(out, number * 7_919 % (READ_BATCHES * BATCH));
  }

  /** The writer of new batches to a month, which is also what fills one. */
  Side bulk(int month) {
    String path =
        "/astrobookings-events-%d.%02d/_bulk?filter_path=errors,items.*.error"
            .formatted(month / 100, month % 100);
    return sides.direct(postLines(path, corpus.bulk(month)), "\"errors\":false");
  }

  Side batch(String name, int month) {
    return sides
        .service(postLines("/api/v1/logs?verbose=false", corpus.batch(month)), STORED_BATCH)
        .named(name);
  }
}
