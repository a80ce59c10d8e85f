package com.astrobookings.logs.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of server-sent events that parses as WHATWG HTML, section 9.2.6, says. It reads on a
 * thread of its own until it is closed or the stream ends.
 */
public final class EventStream implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A message. */
  public record Message(String event, String id, String data) {

    /** Its data, parsed. */
    public JsonNode json() {
      return JSON.readTree(data);
    }
  }

  private final HttpClient client;
  private final HttpResponse<InputStream> response;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final List<String> comments = new ArrayList<>();
  private final Thread thread;
  private volatile String lastEventId;
  private volatile boolean ended;

  private EventStream(
      HttpClient client, HttpResponse<InputStream> response, @Nullable String lastEventId) {
    this.client = client;
    this.response = response;
    this.lastEventId = Objects.requireNonNullElse(lastEventId, "");
    this.thread = Thread.ofVirtual().name("event-stream").start(this::read);
  }

  /** Connects; returns as soon as the head of the response has come. */
  public static EventStream open(URI uri, @Nullable String lastEventId, String... headers)
      throws IOException {
    HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
    if (lastEventId != null && !lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return new EventStream(
          client, client.send(request.build(), BodyHandlers.ofInputStream()), lastEventId);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public int status() {
    return response.statusCode();
  }

  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** The id that the client would resume with. */
  public String lastEventId() {
    return lastEventId;
  }

  /** Whether the server has ended the stream, or the connection broke. */
  public boolean isEnded() {
    return ended;
  }

  /** The next message; null if none comes in time. */
  public @Nullable Message poll(Duration within) {
    try {
      return messages.poll(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next message, which must come. */
  public Message next() {
    Message message = poll(PATIENCE);
    if (message == null) {
      throw new AssertionError("No message came; comments: " + comments());
    }
    return message;
  }

  /** The ids of the next events. */
  public List<String> ids(int count) {
    List<String> ids = new ArrayList<>();
    while (ids.size() < count) {
      ids.add(next().json().path("id").asString());
    }
    return ids;
  }

  public List<String> comments() {
    synchronized (comments) {
      return List.copyOf(comments);
    }
  }

  private void read() {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      Block block = new Block();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        block.accept(line);
      }
    } catch (IOException | UncheckedIOException broken) {
      // as when the server or the connection dies
    } finally {
      ended = true;
    }
  }

  /** Closes the connection and waits until no more messages come. */
  @Override
  public void close() {
    try {
      response.body().close();
      thread.join();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      client.shutdownNow();
    }
  }

  /** The lines up to an empty one. */
  private final class Block {
    private String event = "message";
    private final StringBuilder data = new StringBuilder();

    void accept(String line) {
      if (line.isEmpty()) {
        dispatch();
      } else if (line.startsWith(":")) {
        synchronized (comments) {
          comments.add(line.substring(1).strip());
        }
      } else {
        int colon = line.indexOf(':');
        field(line.substring(0, colon), line.substring(colon + 1).replaceFirst("^ ", ""));
      }
    }

    private void field(String name, String value) {
      switch (name) {
        case "event" -> event = value;
        case "id" -> lastEventId = value;
        case "data" -> data.append(value).append('\n');
        default -> {
          // such as retry
        }
      }
    }

    private void dispatch() {
      if (!data.isEmpty()) {
        messages.add(new Message(event, lastEventId, data.substring(0, data.length() - 1)));
      }
      data.setLength(0);
      event = "message";
    }
  }
}
