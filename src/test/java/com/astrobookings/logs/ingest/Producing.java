package com.astrobookings.logs.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends bodies to a running service. */
final class Producing {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;

  Producing(int port) {
    this.port = port;
  }

  HttpResponse<String> json(String body) {
    return post("application/json", "", body.getBytes(UTF_8), "");
  }

  HttpResponse<String> lines(String body) {
    return post("application/x-ndjson", "", body.getBytes(UTF_8), "");
  }

  /** Posts a body; an empty media type or coding is left out. */
  HttpResponse<String> post(String type, String coding, byte[] body, String query) {
    HttpRequest.Builder request = request(query).POST(BodyPublishers.ofByteArray(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (!coding.isEmpty()) {
      request.header("Content-Encoding", coding);
    }
    return send(request.build());
  }

  HttpRequest.Builder request(String query) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/logs" + query))
        .timeout(PATIENCE);
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Follows the answer to where it says that the event is. */
  HttpResponse<String> located(HttpResponse<String> answer) {
    URI location = answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
    return send(HttpRequest.newBuilder(location).timeout(PATIENCE).build());
  }

  static JsonNode tree(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  static byte[] gzip(byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
