package com.astrobookings.logs.web.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.web.docs.OpenApi.Operation;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Sends requests to a running service, and compares responses with their descriptions. */
final class ApiClient {

  /** Headers that mean something to clients of this API alone: a response that has one says so. */
  private static final Set<String> DESCRIBED =
      Set.of("X-Trace-Id", "Location", "Link", "Retry-After", "WWW-Authenticate");

  private final WebTestClient client;
  private final String service;

  /** A response. */
  record Response(int status, HttpHeaders headers, String body) {

    JsonNode json() {
      return OpenApi.JSON.readTree(body);
    }

    /** Asserts that the response is one that the operation is said to have. */
    Response isDescribedBy(Operation operation) {
      JsonNode described = operation.response(status);
      String as = operation + ": " + status + " " + headers + " " + body;
      DESCRIBED.forEach(name -> {
        JsonNode header = OpenApi.resolve(described.path("headers").path(name));
        String value = headers.getFirst(name);
        assertThat(value != null || header.path("required").asBoolean(false))
            .as("%s in %s", name, as)
            .isEqualTo(value != null);
        if (value != null) {
          assertThat(header.isMissingNode()).as("%s in %s", name, as).isFalse();
          assertThat(OpenApi.errors(header.path("schema"), typed(value, header))).as(as).isEmpty();
        }
      });
      MediaType type = headers.getContentType();
      JsonNode content = described.path("content").path(type.getType() + "/" + type.getSubtype());
      assertThat(content.isMissingNode()).as(as).isFalse();
      boolean isJson = type.getSubtype().equals("json") || type.getSubtype().endsWith("+json");
      JsonNode value = isJson ? json() : OpenApi.JSON.valueToTree(body);
      assertThat(OpenApi.errors(content.path("schema"), value)).as(as).isEmpty();
      return this;
    }

    private static JsonNode typed(String value, JsonNode header) {
      return OpenApi.JSON.valueToTree(
          header.at("/schema/type").asString().equals("integer") ? Long.valueOf(value) : value);
    }
  }

  ApiClient(int port) {
    service = "http://127.0.0.1:" + port;
    client =
        WebTestClient.bindToServer()
            .responseTimeout(Duration.ofMinutes(2))
            .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(-1))
            .build();
  }

  Response get(String uri) {
    return send("get", uri, Map.of(), null);
  }

  Response post(String uri, String contentType, String body) {
    return send("post", uri, Map.of(HttpHeaders.CONTENT_TYPE, contentType), body);
  }

  /**
   * Sends a request.
   *
   * @param method in any case
   * @param uri path and query, encoded
   */
  Response send(String method, String uri, Map<String, String> headers, @Nullable String body) {
    WebTestClient.RequestBodySpec request =
        client
            .method(HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)))
            .uri(URI.create(service + uri))
            .headers(all -> headers.forEach(all::set));
    EntityExchangeResult<byte[]> result =
        (body == null ? request : request.bodyValue(body.getBytes(UTF_8)))
            .exchange()
            .expectBody()
            .returnResult();
    byte[] bytes = result.getResponseBody();
    return new Response(
        result.getStatus().value(),
        result.getResponseHeaders(),
        bytes == null ? "" : new String(bytes, UTF_8));
  }
}
