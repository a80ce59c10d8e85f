package com.astrobookings.logs.fuzz;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A request, as it is shown when its answer is wrong.
 *
 * @param expected the statuses of which one must answer it
 * @param target path and query, encoded
 */
record Sample(
    Kind kind,
    Set<Integer> expected,
    String method,
    String target,
    Map<String, String> headers,
    String body) {

  /** What a request is about. */
  enum Kind {
    /** A valid event. */
    EVENT,
    /** Valid events. */
    EVENTS,
    /** Valid parameters. */
    LIST,
    /** A valid search body. */
    SEARCH,
    /** A valid id. */
    BY_ID,
    /** Events of which some or all may have become invalid, or no JSON. */
    DAMAGED_WRITE,
    /** Parameters or a search body that may have become invalid. */
    DAMAGED_READ,
    /** Another path, method or header than the service supports. */
    MALFORMED
  }

  static Sample get(String target) {
    return new Sample(Kind.MALFORMED, Set.of(), "GET", target, Map.of(), "");
  }

  static Sample post(String target, String contentType, String body) {
    return new Sample(
        Kind.MALFORMED, Set.of(), "POST", target, Map.of("Content-Type", contentType), body);
  }

  Sample as(Kind kind, Integer... expected) {
    return as(kind, Set.of(expected));
  }

  Sample as(Kind kind, Set<Integer> expected) {
    return new Sample(kind, expected, method, target, headers, body);
  }

  Sample to(String otherTarget) {
    return new Sample(kind, expected, method, otherTarget, headers, body);
  }

  Sample by(String otherMethod) {
    return new Sample(kind, expected, otherMethod, target, headers, body);
  }

  Sample with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Sample(kind, expected, method, target, all, body);
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

  HttpRequest.Builder request(String base) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + target))
            .method(method, BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    headers.forEach(request::header);
    return request;
  }
}
