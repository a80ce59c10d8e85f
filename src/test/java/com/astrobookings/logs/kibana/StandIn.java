package com.astrobookings.logs.kibana;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server on loopback that writes down what it is asked and answers as the test says. */
public final class StandIn implements AutoCloseable {

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /**
   * A request.
   *
   * @param target path and query
   */
  public record Request(String method, String target, List<Header> headers, String body) {

    /** The value of a header, null if it was not sent. */
    public @Nullable String header(String name) {
      return headers.stream()
          .filter(header -> header.name().equalsIgnoreCase(name))
          .map(Header::value)
          .findFirst()
          .orElse(null);
    }

    @Override
    public String toString() {
      return method + " " + target;
    }
  }

  /** A header. */
  public record Header(String name, String value) {}

  /** What is answered. */
  public record Answer(int status, String body) {}

  /** Starts to listen. */
  public StandIn(Function<Request, Answer> answers) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.createContext("/", exchange -> handle(exchange, answers));
    server.start();
  }

  /** Where it listens. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What it was asked, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** What it was asked, in order, in short. */
  public List<String> targets() {
    return requests.stream().map(Request::toString).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange, Function<Request, Answer> answers) throws IOException {
    try (exchange) {
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().entrySet().stream()
                  .flatMap(e -> e.getValue().stream().map(value -> new Header(e.getKey(), value)))
                  .toList(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      requests.add(request);
      Answer answer = answers.apply(request);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
