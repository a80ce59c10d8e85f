package com.astrobookings.logs.elastic;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Stands in for an Elasticsearch in states that a real one cannot be brought into. */
public final class StandIn implements AutoCloseable {

  /** No answer, ever. */
  public static final Answer SILENCE = new Answer(0, "");

  /** The connection is closed instead of an answer. */
  public static final Answer HANG_UP = new Answer(-1, "");

  private static final Answer NO_INDICES =
      new Answer(200, "{\"indices\":[],\"aliases\":[],\"data_streams\":[]}");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /** What was asked. */
  public record Request(String method, String path, String login, String body) {

    /** Whether it asks for the names of indices, which are none, whatever else fails. */
    boolean isResolve() {
      return path.startsWith("/_resolve/index/");
    }

    public boolean isSearch() {
      return path.endsWith("/_search");
    }

    public boolean isBulk() {
      return path.endsWith("/_bulk");
    }

    public long items() {
      return body.lines().count() / 2;
    }
  }

  /** What is answered. */
  public record Answer(int status, String body) {}

  private volatile Function<Request, Answer> script = request -> SILENCE;

  public StandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * Whatever goes before a bulk request succeeds: there are no indices, and a template is taken.
   */
  public static Answer prepared(Request request) {
    if (!request.method().equals("GET")) {
      return new Answer(200, "{\"acknowledged\":true}");
    }
    return request.path().startsWith("/_index_template")
        ? error(404, "resource_not_found_exception")
        : new Answer(200, "{}");
  }

  public static Answer error(int status, String type) {
    return new Answer(
        status,
        "{\"error\":{\"type\":\"%s\",\"reason\":\"why\"},\"status\":%d}".formatted(type, status));
  }

  public void answers(Function<Request, Answer> script) {
    this.script = script;
  }

  public URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  @SuppressWarnings("resource") // an exchange that stays open is what silence is about
  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String login = exchange.getRequestHeaders().getFirst("Authorization");
    Request request =
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            login == null ? "" : login,
            body);
    Answer answer = request.isResolve() ? NO_INDICES : script.apply(request);
    if (answer.equals(HANG_UP)) {
      exchange.close();
    } else if (!answer.equals(SILENCE)) {
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
      if (bytes.length > 0) {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
      }
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
