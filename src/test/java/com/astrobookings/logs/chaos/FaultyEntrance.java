package com.astrobookings.logs.chaos;

import com.astrobookings.logs.testing.Http;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Stands before a service that keeps its promises and breaks one of them. */
final class FaultyEntrance implements AutoCloseable {

  /** A defect that a log service could have. */
  enum Defect {
    /** Answers {@code stored} and forgets the batch. */
    ACKNOWLEDGED_BEFORE_WRITTEN,
    /** Repeats a batch under ids of its own, as a service that sends again after a restart. */
    SENT_AGAIN_WITH_NEW_IDS,
    /** Stores other content than it was sent. */
    CHANGED,
    /** Leaves out one event of the tail. */
    TAIL_POSITION_DROPPED,
    /** Sends one event of the tail again. */
    TAIL_POSITION_REPEATED
  }

  private static final int DEFECTIVE_BATCH = 3;
  private static final int DEFECTIVE_MESSAGE = 40;

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger batches = new AtomicInteger();
  private final AtomicInteger messages = new AtomicInteger();
  private final Supplier<URI> service;
  private final Defect defect;

  FaultyEntrance(Supplier<URI> service, Defect defect) throws IOException {
    this.service = service;
    this.defect = defect;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/api/v1/logs", this::write);
    server.createContext("/api/v1/logs/tail", this::tail);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private void write(HttpExchange exchange) throws IOException {
    String lines = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean defective = batches.incrementAndGet() == DEFECTIVE_BATCH;
    try {
      if (defective && defect == Defect.SENT_AGAIN_WITH_NEW_IDS) {
        forward(lines.replace("\"id\":\"", "\"id\":\"again-"));
      }
      if (defective && defect == Defect.ACKNOWLEDGED_BEFORE_WRITTEN) {
        respond(exchange, 200, acknowledged(lines));
        return;
      }
      HttpResponse<String> answer =
          defective && defect == Defect.CHANGED
              ? forward(lines.replace("192.0.2.", "198.51.100."))
              : forward(lines);
      respond(exchange, answer.statusCode(), answer.body());
    } catch (UncheckedIOException endedMeanwhile) {
      // The connection is closed without an answer.
    } finally {
      exchange.close();
    }
  }

  private HttpResponse<String> forward(String lines) {
    return Http.post(service.get().resolve("/api/v1/logs"), "application/x-ndjson", lines);
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** A receipt by which all events are stored. */
  private static String acknowledged(String lines) {
    ObjectNode receipt = JsonMapper.shared().createObjectNode();
    ArrayNode items = receipt.putArray("items");
    lines
        .lines()
        .forEach(line -> items.addObject().put("index", items.size() - 1).put("status", "stored"));
    return receipt.put("received", items.size()).put("stored", items.size()).toString();
  }

  private void tail(HttpExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.get().resolve(exchange.getRequestURI()))
            .header("Accept", "text/event-stream");
    String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    if (last != null) {
      request.header("Last-Event-ID", last);
    }
    try {
      HttpResponse<Stream<String>> answer = client.send(request.build(), BodyHandlers.ofLines());
      exchange.sendResponseHeaders(answer.statusCode(), 0);
      copy(answer.body().iterator(), exchange.getResponseBody());
    } catch (UncheckedIOException | IOException endedMeanwhile) {
      // The stream ends as that of the service did.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private void copy(Iterator<String> lines, OutputStream out) throws IOException {
    StringBuilder message = new StringBuilder();
    while (lines.hasNext()) {
      String line = lines.next();
      message.append(line).append('\n');
      if (line.isEmpty()) {
        out.write(defective(message.toString()).getBytes(StandardCharsets.UTF_8));
        out.flush();
        message.setLength(0);
      }
    }
  }

  private String defective(String message) {
    if (!message.contains("event: log") || messages.incrementAndGet() != DEFECTIVE_MESSAGE) {
      return message;
    }
    return switch (defect) {
      case TAIL_POSITION_DROPPED -> "";
      case TAIL_POSITION_REPEATED -> message + message;
      case ACKNOWLEDGED_BEFORE_WRITTEN, SENT_AGAIN_WITH_NEW_IDS, CHANGED -> message;
    };
  }

  @Override
  public void close() {
    server.stop(0);
    client.shutdownNow();
  }
}
