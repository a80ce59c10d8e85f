package com.astrobookings.logs.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.local.TestNode;
import com.astrobookings.logs.testing.ChunkedResponse;
import com.astrobookings.logs.testing.Http;
import com.astrobookings.logs.testing.ServiceProcess;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Exports that are larger than the heap of the service, which has 128 MB. {@code
 * -Dlogs.test.export.small} and {@code -Dlogs.test.export.large} state the numbers of events.
 */
class LongExportIT {

  private static final int SMALL = Integer.getInteger("logs.test.export.small", 20_000);
  private static final int LARGE = Integer.getInteger("logs.test.export.large", 700);
  private static final int SMALL_BATCH = 2_000;
  private static final int LARGE_BATCH = 25;
  private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");
  private static final String TRACE = "at x.Y.z(Y.java:1)\\n".repeat(240 * 1024 / 20);
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private static TestNode node;
  private static ServiceProcess service;

  @BeforeAll
  static void start() throws Exception {
    node = TestNode.start("long-export");
    service =
        ServiceProcess.start(
            List.of("-Xmx128m"),
            List.of(
                "--spring.elasticsearch.uris=" + node.uri(),
                "--logs.elasticsearch.exports=4",
                "--logs.limits.stack-trace=255KB"));
    for (int first = 0; first < SMALL; first += SMALL_BATCH) {
      write(IntStream.range(first, first + SMALL_BATCH), LongExportIT::small);
    }
    for (int first = 0; first < LARGE; first += LARGE_BATCH) {
      write(IntStream.range(first, first + LARGE_BATCH), LongExportIT::large);
    }
    Http.post(node.uri().resolve("/astrobookings-events-*/_refresh"), "application/json", "");
  }

  private static void write(IntStream numbers, IntFunction<String> event) {
    HttpResponse<String> answer =
        Http.post(
            service.uri("/api/v1/logs?verbose=false"),
            "application/x-ndjson",
            numbers.mapToObj(event).collect(Collectors.joining("\n")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static String small(int number) {
    return ("{\"type\":\"NOTIFY\",\"id\":\"small-%07d\",\"timestamp\":\"%s\",\"jobId\":\"job-%d\","
            + "\"notificationType\":\"BOOKING_CONFIRMATION\",\"recipient\":\"a@example.com\","
            + "\"status\":\"FAIL\",\"labels\":{\"region\":\"eu-west\",\"team\":\"bookings\"}}")
        .formatted(number, START.plusMillis(number / 7), number % 100);
  }

  private static String large(int number) {
    return ("{\"type\":\"ERROR\",\"id\":\"large-%07d\",\"timestamp\":\"%s\",\"errorCode\":\"E\","
            + "\"errorMessage\":\"m\",\"stackTrace\":\"%s\"}")
        .formatted(number, START.plusMillis(number), TRACE);
  }

  @AfterAll
  static void stop() {
    service.close();
    node.close();
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(service.isRunning()).as(() -> String.join("\n", service.output())).isTrue();
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> {
          assertThat(openContexts()).isZero();
          assertThat(metric("logs_exports_active")).isZero();
        });
    assertThat(service.output()).noneMatch(line -> line.contains("OutOfMemoryError"));
  }

  @Test
  void isCompleteForAClientThatPauses() throws Exception {
    try (ChunkedResponse export = export("type=NOTIFY")) {
      Content content = new Content(export);
      content.read(10_000);
      double searches = searchesOnceTheyHaveStopped();
      assertThat(searches).isPositive();
      content.readAll();
      content.isComplete(SMALL, "small");
    }
  }

  @Test
  void isCompleteIfItsEventsAreLarge() throws Exception {
    try (ChunkedResponse one = export("type=ERROR");
        ChunkedResponse other = export("type=ERROR&order=desc")) {
      Content slow = new Content(other);
      slow.read(10_000);
      Content content = new Content(one);
      content.readAll();
      content.isComplete(LARGE, "large");
      slow.readAll();
      slow.isComplete(LARGE, "large");
    }
  }

  @Test
  void isReleasedWhenTheClientLeaves() throws Exception {
    double cancelled = metric("logs_exports_total{outcome=\"cancelled\"}");
    try (ChunkedResponse export = export("order=asc")) {
      new Content(export).read(100_000);
      assertThat(openContexts()).isPositive();
    }
    await()
        .atMost(TIMEOUT)
        .until(() -> metric("logs_exports_total{outcome=\"cancelled\"}") == cancelled + 1);
  }

  @Test
  void breaksOffWhenTheNodeIsKilled() throws Exception {
    double failed = metric("logs_exports_total{outcome=\"failed\"}");
    try (ChunkedResponse export = export("order=asc")) {
      Content content = new Content(export);
      content.read(100_000);
      node.kill();
      assertThatThrownBy(content::readAll).isInstanceOf(EOFException.class);
      assertThat(export.trailers()).isEmpty();
    } finally {
      node.restart();
      Http.get(node.uri().resolve("/_cluster/health?wait_for_status=green&timeout=60s"));
    }
    await()
        .atMost(TIMEOUT)
        .until(() -> metric("logs_exports_total{outcome=\"failed\"}") == failed + 1);
    assertThat(service.output())
        .anyMatch(line -> line.contains("An export was broken off after "))
        .noneMatch(line -> line.contains(" ERROR "));
  }

  private static ChunkedResponse export(String parameters) throws IOException {
    ChunkedResponse export =
        ChunkedResponse.get(service.uri("/api/v1/logs/export?" + parameters), "");
    assertThat(export.status()).isEqualTo(200);
    return export;
  }

  /** The number of searches, when two looks at it a while apart agree. */
  private static double searchesOnceTheyHaveStopped() {
    String name =
        "logs_elasticsearch_requests_seconds_count{operation=\"search\",outcome=\"success\"}";
    double[] last = {-1};
    return await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> metric(name),
            now -> {
              boolean same = now == last[0];
              last[0] = now;
              return same;
            });
  }

  private static double metric(String name) {
    return Http.get(service.uri("/actuator/prometheus"))
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  private static int openContexts() {
    URI stats = node.uri().resolve("/_nodes/stats/indices/search");
    return Http.json(Http.get(stats))
        .path("nodes")
        .valueStream()
        .mapToInt(each -> each.at("/indices/search/open_contexts").asInt())
        .sum();
  }

  /** What has been read of a body, without keeping it. */
  private static final class Content {

    private final ChunkedResponse response;
    private final InputStream in;
    private final MessageDigest digest;
    private final byte[] buffer = new byte[8 * 1024];
    private final StringBuilder head = new StringBuilder();
    private long lines;

    Content(ChunkedResponse response) throws Exception {
      this.response = response;
      this.in = response;
      this.digest = MessageDigest.getInstance("SHA-256");
    }

    void read(int bytes) throws IOException {
      for (int left = bytes; left > 0; ) {
        int count = in.read(buffer, 0, Math.min(left, buffer.length));
        assertThat(count).isPositive();
        take(count);
        left -= count;
      }
    }

    void readAll() throws IOException {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        take(count);
      }
    }

    private void take(int count) {
      digest.update(buffer, 0, count);
      if (head.length() < 100) {
        head.append(new String(buffer, 0, count, UTF_8));
      }
      for (int i = 0; i < count; i++) {
        lines += buffer[i] == '\n' ? 1 : 0;
      }
    }

    void isComplete(int events, String name) {
      assertThat(head.toString()).startsWith("{\"id\":\"" + name);
      assertThat(lines).isEqualTo(events);
      assertThat(response.headers()).containsEntry("X-Export-Total", String.valueOf(events));
      assertThat(response.trailers())
          .containsEntry("X-Export-Count", String.valueOf(events))
          .containsEntry("X-Export-Sha256", HexFormat.of().formatHex(digest.digest()));
    }
  }
}
