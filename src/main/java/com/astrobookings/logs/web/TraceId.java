package com.astrobookings.logs.web;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * The number under which a request is found again: in its answer, in the log, in other services.
 */
final class TraceId {

  /** The header that carries it, and the name of it in the log. */
  static final String HEADER = "X-Trace-Id";

  static final String LOG_KEY = "traceId";

  /** W3C Trace Context, section 3.2; versions after 00 may have more to say at the end. */
  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "(?!ff|00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  private TraceId() {}

  /** The caller's if it has a valid one, else a new one; the same for the whole exchange. */
  static String of(ServerWebExchange exchange) {
    return (String)
        exchange
            .getAttributes()
            .computeIfAbsent(
                TraceId.class.getName(), key -> received(exchange.getRequest().getHeaders()));
  }

  static String received(HttpHeaders headers) {
    List<String> values = headers.getOrEmpty("traceparent");
    if (values.size() == 1) {
      Matcher matcher = TRACEPARENT.matcher(values.getFirst());
      if (matcher.matches()) {
        return matcher.group(1);
      }
    }
    return next();
  }

  static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "%016x%016x".formatted(random.nextLong(), random.nextLong(1, Long.MAX_VALUE));
  }
}
