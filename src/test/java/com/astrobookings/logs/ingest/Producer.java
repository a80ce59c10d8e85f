package com.astrobookings.logs.ingest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a program sends events: in batches, again whatever was refused or not answered, and each
 * stored once. Needs nothing but the JDK's HTTP client and a JSON library.
 */
final class Producer {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int BATCH = 1_000;
  private static final int ATTEMPTS = 10;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI logs;
  private final BiConsumer<ObjectNode, JsonNode> failed;

  /**
   * A producer.
   *
   * @param service where the service listens
   * @param failed takes each event that cannot be stored, with what the receipt says about it
   */
  Producer(URI service, BiConsumer<ObjectNode, JsonNode> failed) {
    this.logs = service.resolve("/api/v1/logs?verbose=false");
    this.failed = failed;
  }

  /**
   * Sends events; returns when each is stored or was handed to {@code failed}. Give each an id and
   * a timestamp when it happens, so that it is stored once even if an answer gets lost.
   *
   * @throws IOException if the service does not take them for minutes: keep them, send them later
   * @throws IllegalArgumentException if a batch is not what the service understands
   */
  void send(List<ObjectNode> events) throws IOException, InterruptedException {
    for (int from = 0; from < events.size(); from += BATCH) {
      sendBatch(events.subList(from, Math.min(events.size(), from + BATCH)));
    }
  }

  private void sendBatch(List<ObjectNode> batch) throws IOException, InterruptedException {
    List<ObjectNode> left = batch;
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      Duration pause = Duration.ofMillis(100L << Math.min(attempt, 8));
      try {
        HttpResponse<String> answer = post(left);
        pause = retryAfter(answer, pause);
        left = refused(left, answer);
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
      if (attempt == ATTEMPTS && !left.isEmpty()) {
        throw new IOException(left.size() + " events were refused " + ATTEMPTS + " times");
      }
      if (!left.isEmpty()) {
        Thread.sleep(pause);
      }
    }
  }

  private HttpResponse<String> post(List<ObjectNode> events)
      throws IOException, InterruptedException {
    StringBuilder lines = new StringBuilder();
    events.forEach(event -> lines.append(JSON.writeValueAsString(event)).append('\n'));
    HttpRequest request =
        HttpRequest.newBuilder(logs)
            .header("Content-Type", "application/x-ndjson")
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString(lines.toString()))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** What has to be sent again, with the ids and timestamps under which it is stored once. */
  private List<ObjectNode> refused(List<ObjectNode> sent, HttpResponse<String> answer) {
    JsonNode receipt = JSON.readTree(answer.body());
    if (!receipt.has("items")) { // refused as a whole: the problem says why
      if (answer.statusCode() == 429 || answer.statusCode() >= 500) {
        return sent;
      }
      throw new IllegalArgumentException(receipt.path("detail").asString());
    }
    List<ObjectNode> again = new ArrayList<>();
    for (JsonNode item : receipt.path("items")) {
      ObjectNode event = sent.get(item.path("index").asInt());
      if (item.path("status").asString().equals("refused")) {
        event.set("id", item.path("id"));
        event.set("timestamp", item.path("timestamp"));
        again.add(event);
      } else {
        failed.accept(event, item); // conflict, invalid, rejected: sending it again is no help
      }
    }
    return again;
  }

  private static Duration retryAfter(HttpResponse<String> answer, Duration otherwise) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .orElse(otherwise);
  }
}
