package com.astrobookings.logs.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with the head of a request that could be decoded. */
final class RequestHeads {

  static final String FOLDED = "A header line begins with a space or a tab. Send each in one line.";

  private static final String HOSTS =
      "A request must have one Host header (RFC 9112, section 3.2), and the same host where the"
          + " request line names one.";
  private static final String CREDENTIALS = "A request must not have two Authorization headers.";
  private static final String CONTROLS = "A header has a control character.";

  private RequestHeads() {}

  /**
   * Checks the headers in one pass.
   *
   * @return null if there is one {@code Host} (in HTTP/1.0 at most one), which is that of an
   *     absolute target, at most one {@code Authorization}, and no control character but tabs
   */
  static @Nullable String fault(HttpRequest request) {
    int credentials = 0;
    int hosts = 0;
    String host = "";
    for (var i = headers(request.headers()); i.hasNext(); ) {
      Map.Entry<CharSequence, CharSequence> header = i.next();
      if (HttpHeaderNames.HOST.contentEqualsIgnoreCase(header.getKey())) {
        hosts++;
        host = header.getValue().toString();
      } else if (HttpHeaderNames.AUTHORIZATION.contentEqualsIgnoreCase(header.getKey())) {
        credentials++;
      }
      if (hasControls(header.getValue())) {
        return CONTROLS;
      }
    }
    boolean mayLackHost = HttpVersion.HTTP_1_0.equals(request.protocolVersion());
    if (hosts > 1 || (hosts == 0 && !mayLackHost) || !isFor(host, request.uri())) {
      return HOSTS;
    }
    return credentials > 1 ? CREDENTIALS : null;
  }

  private static Iterator<Map.Entry<CharSequence, CharSequence>> headers(HttpHeaders headers) {
    return headers.iteratorCharSequence();
  }

  private static boolean hasControls(CharSequence value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || (c >= 0x7f && c < 0xa0)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a target in absolute form names {@code host}; others name none. */
  private static boolean isFor(String host, String target) {
    if (target.startsWith("/") || target.indexOf("://") < 0) {
      return true;
    }
    try {
      return host.equalsIgnoreCase(URI.create(target).getRawAuthority());
    } catch (IllegalArgumentException notOne) {
      return true; // answered as a target that is not a URI
    }
  }
}
