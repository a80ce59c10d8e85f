package com.astrobookings.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.testing.Http;
import com.astrobookings.logs.testing.ListedEvents;
import com.astrobookings.logs.testing.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was acknowledged survives the sudden end of the service and of its Elasticsearch. */
class KilledServiceIT {

  private static final Path DATA = Path.of("target", "killed-service").toAbsolutePath();
  private static final Instant FIRST = Instant.parse("2024-01-31T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int PRODUCERS = 4;
  private static final int BATCH = 100;
  private static final int ENOUGH = 10_000;

  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final Queue<List<String>> unanswered = new ConcurrentLinkedQueue<>();
  private ServiceProcess service;

  @AfterEach
  void end() throws IOException {
    kill();
  }

  @Test
  void isThereOnceAndWholeAfterBothWereKilledUnderLoad() throws Exception {
    FileSystemUtils.deleteRecursively(DATA);
    start();
    List<CompletableFuture<Void>> producers =
        IntStream.range(0, PRODUCERS)
            .mapToObj(
                i -> CompletableFuture.runAsync(() -> produce(i), KilledServiceIT::startThread))
            .toList();
    await().atMost(PATIENCE).until(() -> acknowledged.size() >= ENOUGH || anyEnded(producers));
    assertThat(anyEnded(producers)).as("before the end of the service").isFalse();

    kill();
    producers.forEach(CompletableFuture::join);
    assertThat(unanswered).as("batches under way").isNotEmpty();
    start();

    assertThat(stored()).containsAllEntriesOf(acknowledged);
    for (List<String> batch : unanswered) {
      assertThat(send(batch, "wait_for")).isTrue();
    }
    assertThat(stored()).isEqualTo(acknowledged);
  }

  private static boolean anyEnded(List<CompletableFuture<Void>> producers) {
    return producers.stream().anyMatch(CompletableFuture::isDone);
  }

  private void start() throws Exception {
    service =
        ServiceProcess.start(
            List.of(), List.of("--logs.local.start-timeout=5m", "--logs.local.data=" + DATA));
  }

  /** Ends the service and its node as {@code kill -9} does; returns when both are gone. */
  private void kill() throws IOException {
    String node = Files.readString(DATA.resolve(Path.of("elasticsearch", "node.pid")));
    ProcessHandle elasticsearch =
        ProcessHandle.of(Long.parseLong(node.split(" ", 2)[0])).orElseThrow();
    service.kill();
    elasticsearch.destroyForcibly();
    elasticsearch.onExit().join();
  }

  private static void startThread(Runnable producer) {
    Thread.ofPlatform().name("producer").start(producer);
  }

  /** Sends one batch after the other until one is not answered, or not as a whole. */
  private void produce(int producer) {
    boolean goesOn = true;
    for (int batch = 0; goesOn; batch++) {
      String prefix = "%d-%d-".formatted(producer, batch);
      List<String> ids = IntStream.range(0, BATCH).mapToObj(i -> prefix + i).toList();
      goesOn = send(ids, "false");
      if (!goesOn) {
        unanswered.add(ids);
      }
    }
  }

  private boolean send(List<String> ids, String refresh) {
    String lines = ids.stream().map(KilledServiceIT::event).collect(Collectors.joining("\n"));
    try {
      HttpResponse<String> answer =
          Http.post(service.uri("/api/v1/logs?refresh=" + refresh), "application/x-ndjson", lines);
      for (JsonNode item : Http.json(answer).path("items")) {
        if (List.of("stored", "duplicate").contains(item.path("status").asString())) {
          String id = item.path("id").asString();
          acknowledged.put(id, message(id));
        }
      }
      return answer.statusCode() == 200;
    } catch (UncheckedIOException goneMeanwhile) {
      return false;
    }
  }

  /** One of three months. */
  private static String event(String id) {
    Instant timestamp = FIRST.plus(Duration.ofDays(Math.floorMod(id.hashCode(), 60)));
    return """
    {"type":"ERROR","id":"%s","timestamp":"%s","errorCode":"E","errorMessage":"%s"}\
    """
        .formatted(id, timestamp, message(id));
  }

  private static String message(String id) {
    return "said by " + id;
  }

  /** The messages of all events that there are, by id; fails if one is there twice. */
  private Map<String, String> stored() {
    Map<String, String> stored = new TreeMap<>();
    List<String> twice = new ArrayList<>();
    for (ObjectNode event : ListedEvents.all(service.uri("/api/v1/logs?limit=1000"))) {
      String id = event.path("id").asString();
      if (stored.put(id, event.path("errorMessage").asString()) != null) {
        twice.add(id);
      }
    }
    assertThat(twice).isEmpty();
    return stored;
  }
}
