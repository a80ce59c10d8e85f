package com.astrobookings.logs.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Plain requests to a node. */
final class Requests {
  private Requests() {}

  static String get(URI node, String path) throws IOException, InterruptedException {
    return send(node, "GET", path, "");
  }

  static String send(URI node, String method, String path, String body)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request(node, method, path, body), BodyHandlers.ofString()).body();
    }
  }

  static HttpRequest request(URI node, String method, String path, String body) {
    return HttpRequest.newBuilder(node.resolve(path))
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body))
        .timeout(Duration.ofSeconds(30))
        .build();
  }
}
