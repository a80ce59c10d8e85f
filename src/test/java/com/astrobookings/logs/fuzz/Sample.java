package com.astrobookings.logs.fuzz;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request, as it is shown when it was answered wrongly.
 *
 * @param target path and query, encoded
 * @param valid whether the service has to accept it
 */
record Sample(
    String method, String target, Map<String, String> headers, String body, boolean valid) {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  static Sample get(String target) {
    return new Sample("GET", target, Map.of(), "", true);
  }

  static Sample post(String target, String contentType, String body) {
    return new Sample("POST", target, Map.of("Content-Type", contentType), body, true);
  }

  /** The same request, which the service may refuse. */
  Sample dubious() {
    return new Sample(method, target, headers, body, false);
  }

  /** The same request by another method, which the service may refuse. */
  Sample by(String otherMethod) {
    return new Sample(otherMethod, target, headers, body, false);
  }

  /** The same request with another header, for which the service may refuse it. */
  Sample with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Sample(method, target, all, body, false);
  }

  HttpRequest request(String base) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + target))
            .timeout(PATIENCE)
            .method(method, BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    headers.forEach(request::header);
    return request.build();
  }
}
