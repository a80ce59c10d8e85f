package com.astrobookings.logs.chaos;

import com.astrobookings.logs.testing.Http;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends batches one after another, each again until every event has its final status. Some batches
 * hold events that were acknowledged before, such with other content, and invalid ones.
 */
final class ChaosProducer implements Runnable {

  private static final Duration RETRY_PAUSE = Duration.ofMillis(100);

  /** Longer than any fault lasts. */
  private static final Duration GIVE_UP = Duration.ofMinutes(10);

  private enum Kind {
    ORIGINAL,
    AGAIN,
    CONFLICT,
    INVALID
  }

  private record Sent(Kind kind, ObjectNode event) {

    String id() {
      return event.path("id").asString();
    }
  }

  private final Supplier<URI> service;
  private final Receipts receipts;
  private final RandomEvents events;
  private final Pace pace;
  private final CountDownLatch stopped;
  private final List<ObjectNode> earlier = new ArrayList<>();

  /**
   * A producer.
   *
   * @param service where the service listens now
   * @param stopped ends the producer after the batch that is under way
   */
  ChaosProducer(
      Supplier<URI> service,
      Receipts receipts,
      RandomEvents events,
      Pace pace,
      CountDownLatch stopped) {
    this.service = service;
    this.receipts = receipts;
    this.events = events;
    this.pace = pace;
    this.stopped = stopped;
  }

  @Override
  public void run() {
    while (stopped.getCount() > 0) {
      List<Sent> batch = new ArrayList<>();
      int size = 1 + events.below(pace.maxBatch());
      for (int i = 0; i < size; i++) {
        batch.add(next());
      }
      send(batch);
      pause(pace.pause());
    }
  }

  private Sent next() {
    int choice = events.below(100);
    if (choice >= 10 || earlier.isEmpty()) {
      return new Sent(Kind.ORIGINAL, events.next());
    }
    int known = events.below(earlier.size());
    return switch (choice) {
      case 0 -> new Sent(Kind.INVALID, events.invalid());
      // Not sent in earnest any more: its copy with other content may wait in the spool.
      case 1 -> new Sent(Kind.CONFLICT, events.altered(earlier.remove(known)));
      default -> new Sent(Kind.AGAIN, earlier.get(known));
    };
  }

  private void send(List<Sent> batch) {
    List<Sent> left = batch;
    long start = System.nanoTime();
    while (!left.isEmpty()) {
      if (System.nanoTime() - start > GIVE_UP.toNanos()) {
        receipts.contradictions().add("no final answer for " + left.size() + " events");
        return;
      }
      left = once(left);
      if (!left.isEmpty()) {
        pause(RETRY_PAUSE);
      }
    }
    batch.stream()
        .filter(sent -> sent.kind == Kind.ORIGINAL)
        .limit(1)
        .forEach(sent -> earlier.add(sent.event));
  }

  /** Sends events and returns those that have no final status. */
  private List<Sent> once(List<Sent> batch) {
    String lines =
        batch.stream().map(sent -> sent.event.toString()).collect(Collectors.joining("\n"));
    long start = System.nanoTime();
    try {
      HttpResponse<String> answer =
          Http.post(service.get().resolve("/api/v1/logs"), "application/x-ndjson", lines);
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      JsonNode receipt = Http.json(answer);
      if (receipt.has("items")) {
        receipts.answer(receipt, batch.size(), taken);
        return refused(batch, receipt);
      }
      if (answer.statusCode() != 429 && answer.statusCode() != 503) {
        receipts.contradictions().add(answer.statusCode() + " " + answer.body());
      }
    } catch (UncheckedIOException endedMeanwhile) {
      // Sent again with the same ids.
    }
    return batch;
  }

  private List<Sent> refused(List<Sent> batch, JsonNode receipt) {
    List<Sent> refused = new ArrayList<>();
    for (JsonNode item : receipt.path("items")) {
      Sent sent = batch.get(item.path("index").asInt());
      String status = item.path("status").asString();
      if (status.equals("refused")) {
        refused.add(sent);
      } else {
        switch (sent.kind) {
          case ORIGINAL -> receipts.original(sent.event, status, false);
          case AGAIN -> receipts.original(sent.event, status, true);
          case CONFLICT -> receipts.conflict(sent.id(), status);
          case INVALID -> receipts.invalid(sent.id(), status);
        }
      }
    }
    return refused;
  }

  private static void pause(Duration time) {
    try {
      Stage.last(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
