package com.astrobookings.logs.ingest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
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
  private final String key;
  private final BiConsumer<ObjectNode, JsonNode> failed;

  /**
   * A producer.
   *
   * @param service where the service listens
   * @param key an API key or a token with the scope logs:ingest; empty if none is needed
   * @param failed takes each event that cannot be stored, with what the receipt says about it
   */
  Producer(URI service, String key, BiConsumer<ObjectNode, JsonNode> failed) {
    this.logs = service.resolve("/api/v1/logs?verbose=false");
    this.key = key;
    this.failed = failed;
  }

  /**
   * Sends events; returns when each is stored or was handed to {@code failed}. An event without an
   * id is given one, and the time, so that it is stored once even if an answer gets lost.
   *
   * @throws IOException if the service does not take them for more than a minute: keep them as they
   *     are now, with their ids, and send them later
   * @throws IllegalArgumentException if the service does not accept the key, or what is sent
   */
  void send(List<ObjectNode> events) throws IOException, InterruptedException {
    events.forEach(Producer::identify);
    for (int from = 0; from < events.size(); from += BATCH) {
      sendBatch(events.subList(from, Math.min(events.size(), from + BATCH)));
    }
  }

  private static void identify(ObjectNode event) {
    if (!event.has("id")) {
      event.put("id", UUID.randomUUID().toString());
      if (!event.has("timestamp")) {
        event.put("timestamp", Instant.now().toString());
      }
    }
  }

  private void sendBatch(List<ObjectNode> batch) throws IOException, InterruptedException {
    List<ObjectNode> left = batch;
    for (int attempt = 1; ; attempt++) {
      Duration pause = Duration.ofMillis(100L << Math.min(attempt, 8));
      try {
        HttpResponse<String> answer = post(left);
        if (answer.statusCode() == 413 && left.size() > 1) {
          sendBatch(left.subList(0, left.size() / 2));
          sendBatch(left.subList(left.size() / 2, left.size()));
          return;
        }
        left = refused(left, answer);
        pause = longer(pause, answer.headers().firstValue("Retry-After").orElse(""));
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
      if (left.isEmpty()) {
        return;
      }
      if (attempt == ATTEMPTS) {
        throw new IOException(left.size() + " events were refused " + ATTEMPTS + " times");
      }
      // Not all at once, when many have waited for the service.
      Thread.sleep(pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis())));
    }
  }

  private HttpResponse<String> post(List<ObjectNode> events)
      throws IOException, InterruptedException {
    StringBuilder lines = new StringBuilder();
    events.forEach(event -> lines.append(JSON.writeValueAsString(event)).append('\n'));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(logs)
            .header("Content-Type", "application/x-ndjson")
            .timeout(Duration.ofSeconds(30))
            .POST(BodyPublishers.ofString(lines.toString()));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** What has to be sent again; what cannot be stored is handed over. */
  private List<ObjectNode> refused(List<ObjectNode> sent, HttpResponse<String> answer) {
    JsonNode receipt = read(answer);
    if (!receipt.has("items")) { // refused as a whole, perhaps by a proxy
      if (answer.statusCode() == 429 || answer.statusCode() >= 500) {
        return sent;
      }
      throw new IllegalArgumentException(
          receipt.path("detail").asString("Status " + answer.statusCode()));
    }
    List<ObjectNode> again = new ArrayList<>();
    for (JsonNode item : receipt.path("items")) {
      ObjectNode event = sent.get(item.path("index").asInt());
      if (item.path("status").asString().equals("refused")) {
        again.add(event);
      } else {
        failed.accept(event, item); // conflict, invalid, rejected: sending it again is no help
      }
    }
    return again;
  }

  private static JsonNode read(HttpResponse<String> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    return type.contains("json") ? JSON.readTree(answer.body()) : JSON.missingNode();
  }

  private static Duration longer(Duration pause, String seconds) {
    Duration asked =
        seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    return asked.compareTo(pause) > 0 ? asked : pause;
  }
}
