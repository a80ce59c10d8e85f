package com.astrobookings.logs.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Follows the tail from before the first event, and resumes whenever the stream ends. */
final class TailFollower implements Runnable, AutoCloseable {

  private static final Duration RETRY_PAUSE = Duration.ofMillis(200);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Supplier<URI> service;
  private final Map<String, Integer> seen = new ConcurrentHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final LongAdder streams = new LongAdder();
  private volatile String position = "";
  private volatile boolean following;

  TailFollower(Supplier<URI> service) {
    this.service = service;
  }

  /** How often each id was sent. */
  Map<String, Integer> seen() {
    return Map.copyOf(seen);
  }

  /** How many ids were sent. */
  int count() {
    return seen.size();
  }

  /** Whether the first position is known. */
  boolean isFollowing() {
    return following;
  }

  long streams() {
    return streams.sum();
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public void run() {
    while (stopped.getCount() > 0) {
      try {
        follow();
      } catch (IOException | UncheckedIOException endedMeanwhile) {
        // Resumed below.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      pause();
    }
  }

  private void follow() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.get().resolve("/api/v1/logs/tail?last=0"))
            .header("Accept", "text/event-stream");
    if (!position.isEmpty()) {
      request.header("Last-Event-ID", position);
    }
    HttpResponse<Stream<String>> response = client.send(request.build(), BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      if (response.statusCode() != 503 && response.statusCode() != 429) {
        problems.add("the tail was answered " + response.statusCode());
      }
      return;
    }
    streams.increment();
    Message message = new Message();
    response.body().takeWhile(line -> stopped.getCount() > 0).forEach(message::line);
  }

  private void pause() {
    try {
      stopped.await(RETRY_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    client.shutdownNow();
  }

  /** The lines of a message until the empty one. */
  private final class Message {

    private String event = "";
    private String id = "";
    private String data = "";

    void line(String line) {
      int colon = line.indexOf(':');
      if (line.isEmpty()) {
        end();
      } else if (colon > 0) {
        String value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon)) {
          case "event" -> event = value;
          case "id" -> id = value;
          case "data" -> data += value;
          default -> {}
        }
      }
    }

    private void end() {
      if (event.equals("log")) {
        String log = JsonMapper.shared().readTree(data).path("id").asString();
        seen.merge(log, 1, Integer::sum);
      }
      if (!id.isEmpty()) {
        position = id;
        following = true;
      }
      event = "";
      id = "";
      data = "";
    }
  }
}
