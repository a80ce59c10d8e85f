package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.local.TestElasticsearch;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.testing.ChunkedResponse;
import com.astrobookings.logs.testing.Http;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Exports over HTTP from a real Elasticsearch. */
class ExportIT extends RunningService {

  private static final List<String> FILTERS =
      List.of(
          "type=AUTH",
          "type=ERROR,NOTIFY",
          "type=RECONCILE",
          "outcome=FAIL",
          "outcome=SUCCESS",
          "errorCode=E1&errorCode=E2",
          "process=CustomerDB",
          "ipAddress=10.0.0.0/9",
          "label.region=",
          "source=core-api",
          "q=event.outcome:failure",
          "q=not%20event.code:AUTH",
          "q=Booking");

  private static final List<String> COUNTED =
      Stream.concat(
              Stream.of("auto", "1m", "5m", "1h", "1d", "1w", "1M", "1q", "1y")
                  .map(interval -> "&tz=Europe/Madrid&interval=" + interval),
              Stream.of(
                      "type",
                      "outcome",
                      "userId",
                      "email",
                      "ipAddress",
                      "errorCode",
                      "errorGroup",
                      "process",
                      "jobId",
                      "notificationType",
                      "recipient",
                      "source",
                      "label.region",
                      "type,source")
                  .map(field -> "&by=" + field))
          .toList();

  @AfterEach
  void noPointInTimeIsLeftOpen() {
    await().untilAsserted(() -> assertThat(openContexts()).isZero());
  }

  @Test
  void exportsEverythingInOrderWithACountAndAHash() throws Exception {
    List<StoredEvent> written = new ArrayList<>(events.within(start, 1_000));
    for (int i = 0; i < 1_000; i++) {
      written.add(events.next(start.plusNanos(500 + random.nextInt(3))));
    }
    Collections.shuffle(written, random);
    for (int i = 0; i < written.size(); i += 250) {
      write(written.subList(i, i + 250));
    }
    InMemoryEventStore oracle = new InMemoryEventStore();
    oracle.write(written, RefreshPolicy.NONE).block();
    for (String coding : List.of("", "Accept-Encoding: gzip\r\n")) {
      try (ChunkedResponse export = ChunkedResponse.get(period("&order=desc"), coding)) {
        assertThat(export.status()).isEqualTo(200);
        assertThat(export.headers()).containsEntry("X-Export-Total", "2000");
        byte[] sent = export.readAllBytes();
        byte[] body = coding.isEmpty() ? sent : decompressed(sent);
        assertThat(ids(body))
            .isEqualTo(ids(oracle.matching(new EventQuery(start, end, Set.of(), Order.DESC))));
        assertThat(export.trailers())
            .containsEntry("X-Export-Count", "2000")
            .containsEntry("X-Export-Sha256", sha256(body));
      }
    }
  }

  /** Random filters on a period that has passed: every way to read it agrees. */
  @Test
  void isTheUnionOfThePagesInEitherFormatAndAsManyAsAreCounted() throws Exception {
    write(events.within(start, 400));
    for (int i = 0; i < 20; i++) {
      String filters = "&order=" + events.oneOf(List.of("asc", "desc"));
      for (int j = random.nextInt(3); j > 0; j--) {
        filters += "&" + events.oneOf(FILTERS);
      }
      URI list = logs("?limit=150&from=%s&to=%s%s".formatted(start, end, filters));
      List<String> pages = followed(list);
      if (pages == null) {
        continue;
      }
      assertThat(ids(exported(filters))).as(filters).isEqualTo(pages);
      assertThat(exported(filters + "&format=csv&columns=id"))
          .as(filters)
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(
              pages.stream()
                  .collect(Collectors.joining("\r\n", "id\r\n", pages.isEmpty() ? "" : "\r\n")));
      String stats = filters.replaceAll("&order=(asc|desc)", "");
      for (String asked : COUNTED) {
        assertCounted(stats + asked, pages.size());
      }
    }
  }

  /** Every event is in one unit of time, and has one value, another one or none. */
  private void assertCounted(String parameters, int events) {
    var answer = get(logs("/stats?from=%s&to=%s%s".formatted(start, end, parameters)));
    if (answer.statusCode() == 400) { // no such event has the field
      assertThat(parameters).contains("&by=");
      return;
    }
    JsonNode counted = JSON.readTree(answer.body());
    assertThat(counted.path("total").asInt()).as(parameters).isEqualTo(events);
    if (counted.has("buckets")) {
      assertThat(sum(counted.path("buckets"))).as(parameters).isEqualTo(events);
    }
    if (counted.has("values")) {
      int others = counted.path("other").asInt() + counted.path("missing").asInt();
      assertThat(sum(counted.path("values")) + others).as(parameters).isEqualTo(events);
    }
  }

  private static int sum(JsonNode counts) {
    return counts.valueStream().mapToInt(each -> each.path("count").asInt()).sum();
  }

  /** The ids on all pages; null if the filters contradict each other, which is a 400. */
  private List<String> followed(URI first) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      var answer = get(URI.create(first + cursor));
      if (answer.statusCode() == 400) {
        return null;
      }
      JsonNode page = JSON.readTree(answer.body());
      ids.addAll(ids(page));
      cursor = page.has("next") ? "&cursor=" + page.path("next").asString() : null;
    }
    return ids;
  }

  private byte[] exported(String parameters) throws IOException {
    try (ChunkedResponse export = ChunkedResponse.get(period(parameters), "")) {
      assertThat(export.status()).isEqualTo(200);
      return export.readAllBytes();
    }
  }

  @Test
  void needsAVersionOfHttpThatShowsTheEnd() throws Exception {
    try (ChunkedResponse refused = ChunkedResponse.send("GET", period(""), "HTTP/1.0", "")) {
      assertThat(refused.status()).isEqualTo(400);
    }
  }

  @Test
  void answersHeadAndLeavesNothingOpen() throws Exception {
    write(events.within(start, 20));
    try (ChunkedResponse head = ChunkedResponse.send("HEAD", period(""), "HTTP/1.1", "")) {
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.headers()).containsEntry("X-Export-Total", "20");
    }
  }

  @Test
  void exportsNothing() throws Exception {
    try (ChunkedResponse export = ChunkedResponse.get(period(""), "")) {
      assertThat(export.headers()).containsEntry("X-Export-Total", "0");
      assertThat(export.readAllBytes()).isEmpty();
      assertThat(export.trailers()).containsEntry("X-Export-Count", "0");
    }
  }

  private URI period(String parameters) {
    return logs("/export?from=%s&to=%s%s".formatted(start, end, parameters));
  }

  static byte[] decompressed(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  private static List<String> ids(byte[] lines) {
    return new String(lines, StandardCharsets.UTF_8)
        .lines()
        .map(line -> JSON.readTree(line).path("id").asString())
        .toList();
  }

  private static List<String> ids(List<StoredEvent> events) {
    return events.stream().map(stored -> stored.event().id()).toList();
  }

  static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static int openContexts() {
    JsonNode nodes =
        Http.json(Http.get(URI.create(TestElasticsearch.uri() + "/_nodes/stats/indices/search")))
            .path("nodes");
    return nodes
        .valueStream()
        .mapToInt(node -> node.at("/indices/search/open_contexts").asInt())
        .sum();
  }
}
