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
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Exports over HTTP from a real Elasticsearch. */
class ExportIT extends RunningService {

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
