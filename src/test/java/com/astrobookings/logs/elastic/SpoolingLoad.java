package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.testing.Http;
import com.astrobookings.logs.testing.ListedEvents;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Producers that send events of two months, one batch after the other, and keep every receipt. */
final class SpoolingLoad implements AutoCloseable {

  private static final int PRODUCERS = 3;
  private static final int BATCH = 20;

  /** Then the producers wait until they are told to go on, so that a slow failure has an end. */
  private static final int MAX_SPOOLED = 4_000;

  private final URI service;
  private final String run;
  private final List<Instant> months;
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<CompletableFuture<Void>> producers;
  private final CompletableFuture<Void> goOn = new CompletableFuture<>();
  private volatile boolean running = true;

  /** A receipt: when its request was sent, how long it took, and what it says. */
  record Answer(long sentAt, Duration took, boolean spooled, int status) {}

  /**
   * Begins to send.
   *
   * @param run the source of all events
   * @param months when the events of each month happened
   */
  SpoolingLoad(URI service, String run, List<Instant> months) {
    this.service = service;
    this.run = run;
    this.months = months;
    this.producers =
        IntStream.range(0, PRODUCERS)
            .mapToObj(producer ->
                CompletableFuture.runAsync(
                    () -> produce(producer), task -> Thread.ofPlatform().start(task)))
            .toList();
  }

  private void produce(int producer) {
    for (int batch = 0; running; batch++) {
      String prefix = "%s-%d-%d-".formatted(run, producer, batch);
      send(IntStream.range(0, BATCH).mapToObj(number -> prefix + number).toList());
      if (count("spooled") > MAX_SPOOLED) {
        goOn.join();
      }
    }
  }

  private void send(List<String> ids) {
    String lines = ids.stream().map(this::event).collect(Collectors.joining("\n"));
    long sentAt = System.nanoTime();
    HttpResponse<String> response =
        Http.post(service.resolve("/api/v1/logs"), "application/x-ndjson", lines);
    Duration took = Duration.ofNanos(System.nanoTime() - sentAt);
    boolean spooled = false;
    for (JsonNode item : Http.json(response).path("items")) {
      String status = item.path("status").asString();
      statuses.merge(status, 1, Integer::sum);
      spooled |= status.equals("spooled");
      if (List.of("stored", "duplicate", "spooled").contains(status)) {
        String id = item.path("id").asString();
        acknowledged.put(id, message(id));
      }
    }
    answers.add(new Answer(sentAt, took, spooled, response.statusCode()));
  }

  private String event(String id) {
    Instant month = months.get(Math.floorMod(id.hashCode(), months.size()));
    return """
    {"type":"ERROR","id":"%s","timestamp":"%s","source":"%s","errorCode":"E","errorMessage":"%s"}\
    """
        .formatted(id, month.plusSeconds(Math.floorMod(id.hashCode(), 3_600)), run, message(id));
  }

  private static String message(String id) {
    return "said by " + id;
  }

  /** The number of events with a status so far. */
  int count(String status) {
    return statuses.getOrDefault(status, 0);
  }

  /** Lets the producers go on, however much is spooled. */
  void goOn() {
    goOn.complete(null);
  }

  /** Ends the sending; returns when every request is answered. */
  @Override
  public void close() {
    running = false;
    goOn();
    producers.forEach(CompletableFuture::join);
  }

  /** Every write was answered in time, and at once after the first that was spooled. */
  void assertAnsweredInTime(long failureEnded) {
    long firstSpooled =
        answers.stream()
            .filter(Answer::spooled)
            .mapToLong(answer -> answer.sentAt() + answer.took().toNanos())
            .min()
            .orElse(Long.MAX_VALUE);
    assertThat(answers).allMatch(answer -> answer.took().toMillis() < 10_000);
    assertThat(answers)
        .filteredOn(answer ->
            answer.spooled() && answer.sentAt() > firstSpooled && answer.sentAt() < failureEnded)
        .as("spooled after the first")
        .allMatch(answer -> answer.took().toMillis() < 3_000);
    assertThat(answers)
        .allMatch(answer -> List.of(200, 202, 207, 429, 503).contains(answer.status()));
    assertThat(statuses.keySet()).isSubsetOf("stored", "duplicate", "spooled", "refused");
  }

  /** Every event that was acknowledged is there once, with the content that was sent. */
  void assertStoredOnce() {
    Map<String, String> stored = stored();
    assertThat(acknowledged).isNotEmpty();
    assertThat(stored).containsAllEntriesOf(acknowledged);
  }

  private Map<String, String> stored() {
    Map<String, String> stored = new HashMap<>();
    List<String> twice = new ArrayList<>();
    for (ObjectNode event :
        ListedEvents.all(service.resolve("/api/v1/logs?limit=1000&source=" + run))) {
      String id = event.path("id").asString();
      if (stored.put(id, event.path("errorMessage").asString()) != null) {
        twice.add(id);
      }
    }
    assertThat(twice).isEmpty();
    return stored;
  }
}
