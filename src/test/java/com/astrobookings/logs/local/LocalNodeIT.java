package com.astrobookings.logs.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class LocalNodeIT {
  @Test
  void answersKqlQueries() throws Exception {
    URI node = TestElasticsearch.uri();
    send(node, "PUT", "/scratch-kql/_doc/1?refresh=true", "{\"user\":{\"id\":\"u-1\"},\"n\":7}");
    String found =
        send(
            node,
            "POST",
            "/scratch-kql/_count",
            "{\"query\":{\"kql\":{\"query\":\"n >= 7 and not n > 8\"}}}");
    assertThat(found).contains("\"count\":1");
  }

  private static String send(URI node, String method, String path, String body)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(node.resolve(path))
                  .header("Content-Type", "application/json")
                  .method(method, BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }
}
