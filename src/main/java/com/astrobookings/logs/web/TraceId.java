package com.astrobookings.logs.web;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * The trace id of a request: 32 lower-case hexadecimal digits. It stands in the answer, in every
 * line of the log that belongs to the request, and is that of other services where the client sends
 * a {@code traceparent} (W3C Trace Context, section 3.2).
 */
public final class TraceId {

  /** The header of the answer. */
  static final String HEADER = "X-Trace-Id";

  private static final String ATTRIBUTE = TraceId.class.getName();
  private static final HexFormat HEX = HexFormat.of();

  /** Versions after 00 may have more to say at the end. */
  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "(?!ff|00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  private TraceId() {}

  /**
   * Returns the trace id of {@code exchange}: the client's if the request has one valid {@code
   * traceparent}, else a random one. The same for the whole exchange.
   */
  public static String of(ServerWebExchange exchange) {
    Map<String, Object> attributes = exchange.getAttributes();
    String known = (String) attributes.get(ATTRIBUTE);
    if (known == null) {
      known = received(exchange.getRequest().getHeaders());
      attributes.put(ATTRIBUTE, known);
    }
    return known;
  }

  static String received(HttpHeaders headers) {
    List<String> values = headers.get("traceparent");
    if (values != null && values.size() == 1) {
      Matcher matcher = TRACEPARENT.matcher(values.getFirst());
      if (matcher.matches()) {
        return matcher.group(1);
      }
    }
    return next();
  }

  static String next() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong(1, Long.MAX_VALUE));
  }
}
