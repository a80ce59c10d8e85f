package com.astrobookings.logs.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests as any program would. Safe for use by several threads. */
public final class Http {

  private static final Duration RESPONSE_TIMEOUT = Duration.ofMinutes(6);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Http() {}

  public static HttpResponse<String> get(URI uri) {
    return send(HttpRequest.newBuilder(uri));
  }

  public static HttpResponse<String> post(URI uri, String contentType, String body) {
    return send(posting(uri, contentType, body));
  }

  /** A request that posts a body. */
  public static HttpRequest.Builder posting(URI uri, String contentType, String body) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", contentType)
        .POST(BodyPublishers.ofString(body));
  }

  /**
   * Sends a request.
   *
   * @throws UncheckedIOException if no whole response comes
   */
  public static HttpResponse<String> send(HttpRequest.Builder request) {
    HttpRequest timed = request.timeout(RESPONSE_TIMEOUT).build();
    try {
      return CLIENT.send(timed, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(timed.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(timed.toString(), e);
    }
  }

  public static CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
    return CLIENT.sendAsync(request.timeout(RESPONSE_TIMEOUT).build(), BodyHandlers.ofString());
  }

  /** The body of a response that is JSON. */
  public static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }
}
