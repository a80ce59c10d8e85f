package com.astrobookings.logs.security;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Keeps web pages away from a service that needs no credential. A page that somebody opens on this
 * machine can reach the loopback: by a name of its own that leads there (then {@code Host} is that
 * name), or by writing to it from afar (then the browser says so).
 */
final class BrowserGuard implements WebFilter {

  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  /** Names below {@code localhost} lead to the loopback (RFC 6761, section 6.3). */
  private static final Pattern LOOPBACK_NAME = Pattern.compile("[a-z0-9_.-]+\\.localhost");

  private static final Set<String> FROM_ELSEWHERE = Set.of("cross-site", "same-site");

  private final List<String> hosts;
  private final List<String> origins;

  BrowserGuard(SecurityProperties properties) {
    this.hosts = properties.hosts().stream().map(BrowserGuard::lowerCase).toList();
    this.origins = properties.allowedOrigins();
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return Mono.defer(() -> {
      ServerHttpRequest request = exchange.getRequest();
      checkHost(request.getHeaders());
      checkOrigin(request);
      return chain.filter(exchange);
    });
  }

  private void checkHost(HttpHeaders headers) {
    List<String> named = headers.getOrEmpty(HttpHeaders.HOST);
    if (named.size() != 1 || !isOurs(withoutPort(named.getFirst()))) {
      throw new ProblemException(
          ProblemType.MISDIRECTED,
          "Without credentials the service answers to localhost and addresses of the loopback only."
              + " Configure logs.security.hosts, or credentials.");
    }
  }

  private boolean isOurs(String host) {
    return host.equals("localhost")
        || LOOPBACK_NAME.matcher(host).matches()
        || hosts.contains(host)
        || isLoopback(host);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  private static String withoutPort(String authority) {
    int colon = authority.lastIndexOf(':');
    String host = colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return lowerCase(bracketed ? host.substring(1, host.length() - 1) : host);
  }

  private void checkOrigin(ServerHttpRequest request) {
    HttpHeaders headers = request.getHeaders();
    List<String> stated = headers.getOrEmpty(HttpHeaders.ORIGIN);
    boolean known = stated.stream().allMatch(origins::contains);
    boolean same = stated.stream().allMatch(origin -> isSame(origin, headers));
    boolean writesFromElsewhere =
        !READING.contains(request.getMethod())
            && FROM_ELSEWHERE.contains(String.valueOf(headers.getFirst("Sec-Fetch-Site")))
            && (stated.isEmpty() || !known);
    if (writesFromElsewhere || !(known || same)) {
      throw new ProblemException(
          ProblemType.CROSS_ORIGIN,
          "A web page of another origin sent this. Configure logs.security.allowed-origins if it"
              + " may.");
    }
  }

  private static boolean isSame(String origin, HttpHeaders headers) {
    return lowerCase(String.valueOf(headers.getFirst(HttpHeaders.HOST))).equals(authority(origin));
  }

  private static @Nullable String authority(String origin) {
    try {
      return URI.create(lowerCase(origin)).getRawAuthority();
    } catch (IllegalArgumentException notAnOrigin) {
      return null;
    }
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
