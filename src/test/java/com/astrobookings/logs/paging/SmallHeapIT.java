package com.astrobookings.logs.paging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.local.TestNode;
import com.astrobookings.logs.testing.ServiceProcess;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Large pages from a service with 256 MB of heap, where four of them at once are too many. */
class SmallHeapIT {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LARGE = 500;
  private static final int READERS = 64;
  private static final String TRACE = "at x.Y.z(Y.java:1)\n".repeat(240 * 1024 / 19);
  private static final String LARGE_PAGE = "/api/v1/logs?limit=1000&type=ERROR&total=none";
  private static final String SMALL_PAGE = "/api/v1/logs?limit=10&type=NOTIFY";

  private static TestNode node;
  private static ServiceProcess service;
  private static HttpClient http;

  @BeforeAll
  static void start() throws Exception {
    node = TestNode.start("small-heap");
    service =
        ServiceProcess.start(
            List.of("-Xmx256m"),
            List.of(
                "--spring.elasticsearch.uris=" + node.uri(), "--logs.limits.stack-trace=255KB"));
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    for (int first = 0; first < LARGE; first += 25) {
      write(IntStream.range(first, first + 25).mapToObj(SmallHeapIT::error), "");
    }
    write(IntStream.range(0, 10).mapToObj(SmallHeapIT::notification), "&refresh=wait_for");
  }

  private static void write(Stream<String> events, String refresh) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(service.uri("/api/v1/logs?verbose=false" + refresh))
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(events.collect(Collectors.joining("\n"))))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static String error(int number) {
    return JSON.writeValueAsString(
        Map.of(
            "type",
            "ERROR",
            "id",
            "large-%04d".formatted(number),
            "timestamp",
            Instant.parse("2024-05-01T00:00:00Z").plusSeconds(number).toString(),
            "errorCode",
            "E",
            "errorMessage",
            "m",
            "stackTrace",
            TRACE));
  }

  private static String notification(int number) {
    return JSON.writeValueAsString(
        Map.of(
            "type", "NOTIFY",
            "id", "small-" + number,
            "timestamp", Instant.parse("2024-05-01T00:00:00Z").plusSeconds(number).toString(),
            "jobId", "j",
            "notificationType", "t",
            "recipient", "r",
            "status", "FAIL"));
  }

  @AfterAll
  static void stop() throws Exception {
    http.close();
    service.close();
    node.close();
  }

  @AfterEach
  void isWholeAgain() throws Exception {
    await().atMost(Duration.ofMinutes(1)).until(() -> memory() == 0);
    assertThat(service.isRunning()).as(() -> String.join("\n", service.output())).isTrue();
    assertThat(service.output()).noneMatch(line -> line.contains("OutOfMemoryError"));
    HttpResponse<String> page = get(LARGE_PAGE);
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertRight(page.body());
  }

  @Test
  void manyReadersAreAnsweredOrRefused() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> large = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      large.add(http.sendAsync(request(LARGE_PAGE), BodyHandlers.ofString()));
    }
    List<Integer> beside = new ArrayList<>();
    while (large.stream().anyMatch(answer -> !answer.isDone())) {
      HttpResponse<String> small = get(SMALL_PAGE);
      // Elasticsearch, which has little memory too, may refuse any read.
      assertThat(small.statusCode()).as(small.body()).isIn(200, 503);
      beside.add(small.statusCode());
    }
    assertThat(Collections.frequency(beside, 200)).isGreaterThan(beside.size() / 2);
    List<Integer> statuses = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> each : large) {
      HttpResponse<String> answer = each.get();
      statuses.add(answer.statusCode());
      if (answer.statusCode() == 200) {
        assertRight(answer.body());
      } else {
        assertThat(answer.statusCode()).as(answer.body()).isIn(429, 503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("urn:astrobookings:logs:problem:");
      }
    }
    assertThat(statuses).contains(200);
  }

  @Test
  void readersThatLeaveGiveBackWhatTheyHeld() throws Exception {
    List<Socket> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      readers.add(asking(LARGE_PAGE));
    }
    for (int i = 0; i < READERS; i++) {
      Socket reader = readers.get(i);
      if (i % 4 == 0) {
        assertThat(first(reader)).startsWith("HTTP/1.1 ");
      }
      reader.close();
    }
  }

  private static Socket asking(String path) throws Exception {
    URI uri = service.uri(path);
    Socket socket = new Socket();
    socket.setReceiveBufferSize(8 * 1024);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    OutputStream out = socket.getOutputStream();
    out.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(UTF_8));
    return socket;
  }

  private static String first(Socket socket) throws Exception {
    InputStream in = socket.getInputStream();
    return new String(in.readNBytes(12), UTF_8);
  }

  private static void assertRight(String body) {
    JsonNode page = JSON.readTree(body);
    JsonNode events = page.path("logs");
    assertThat(events.size()).isBetween(1, LARGE - 1);
    assertThat(page.path("next").isString()).isTrue();
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).path("id").asString()).isEqualTo("large-%04d".formatted(i));
      assertThat(events.get(i).path("stackTrace").asString().equals(TRACE)).isTrue();
    }
  }

  private static double memory() throws Exception {
    return get("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith("logs_reads_memory "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return http.send(request(path), BodyHandlers.ofString());
  }

  private static HttpRequest request(String path) {
    return HttpRequest.newBuilder(service.uri(path)).timeout(Duration.ofMinutes(2)).build();
  }
}
