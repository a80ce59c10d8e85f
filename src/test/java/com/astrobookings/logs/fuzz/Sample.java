package com.astrobookings.logs.fuzz;

import java.net.URI;
import java.net.URLDecoder;
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
 */
record Sample(Kind kind, String method, String target, Map<String, String> headers, String body) {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What a request is about, and the only statuses that answer it. */
  enum Kind {
    /** A valid event; by chance there is one with its id already, or even the same. */
    ONE_EVENT,
    /** Valid events. */
    EVENTS,
    /** A valid question. */
    LIST,
    /** A valid question in a body. */
    SEARCH,
    /** A valid id. */
    BY_ID,
    /** Anything that the service may refuse, but not with a failure of its own. */
    DUBIOUS;

    boolean isAnsweredBy(int status) {
      return switch (this) {
        case ONE_EVENT -> status == 200 || status == 201 || status == 409;
        case EVENTS -> status == 200 || status == 207;
        case LIST, SEARCH -> status == 200;
        case BY_ID -> status == 200 || status == 404;
        case DUBIOUS -> status >= 200 && status < 500;
      };
    }
  }

  static Sample get(Kind kind, String target) {
    return new Sample(kind, "GET", target, Map.of(), "");
  }

  static Sample post(Kind kind, String target, String contentType, String body) {
    return new Sample(kind, "POST", target, Map.of("Content-Type", contentType), body);
  }

  /** The same request, which the service may refuse. */
  Sample dubious() {
    return new Sample(Kind.DUBIOUS, method, target, headers, body);
  }

  /** The same request by another method, which the service may refuse. */
  Sample by(String otherMethod) {
    return new Sample(Kind.DUBIOUS, otherMethod, target, headers, body);
  }

  /** The same request with another header, for which the service may refuse it. */
  Sample with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Sample(Kind.DUBIOUS, method, target, all, body);
  }

  /** Whether its answer is, or could have been, a receipt. */
  boolean isWrite() {
    return method.equals("POST")
        && target.startsWith("/api/v1/logs")
        && !target.contains("/search");
  }

  /** Whether it has the text anywhere. */
  boolean says(String text) {
    return (URLDecoder.decode(target, StandardCharsets.UTF_8) + body).contains(text);
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
