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
 * Protects a service without credentials from web pages that a browser of this machine shows: from
 * DNS rebinding by the {@code Host} header, and from cross-origin requests by {@code Origin} and
 * {@code Sec-Fetch-Site}. Spring's firewall and CORS filter check host and origin, too, but answer
 * without a problem (RFC 9457) and do not know {@code Sec-Fetch-Site}, which is all that browsers
 * send with some cross-site writes.
 */
final class HostAndOriginFilter implements WebFilter {

  private static final Set<HttpMethod> SAFE_METHODS =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  /** Subdomains of {@code localhost} resolve to the loopback (RFC 6761, section 6.3). */
  private static final Pattern LOOPBACK_NAME = Pattern.compile("[a-z0-9_.-]+\\.localhost");

  private static final Set<String> CROSS_SITE = Set.of("cross-site", "same-site");

  private final List<String> hosts;
  private final List<String> origins;

  /** The {@code Host} of the last request that was accepted: most have the same. */
  private volatile String acceptedHost = "localhost";

  HostAndOriginFilter(SecurityProperties properties) {
    this.hosts = properties.hosts().stream().map(HostAndOriginFilter::lowerCase).toList();
    this.origins = properties.allowedOrigins();
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpRequest request = exchange.getRequest();
    checkHost(request.getHeaders());
    checkOrigin(request);
    return chain.filter(exchange);
  }

  private void checkHost(HttpHeaders headers) {
    String host = String.valueOf(headers.getFirst(HttpHeaders.HOST));
    if (!host.equals(acceptedHost)) {
      if (!isOurs(withoutPort(host))) {
        throw misdirected();
      }
      acceptedHost = host;
    }
  }

  private static ProblemException misdirected() {
    return new ProblemException(
        ProblemType.MISDIRECTED,
        "Without credentials the service answers to localhost and addresses of the loopback only."
            + " Configure logs.security.hosts, or credentials.");
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
    String site = headers.getFirst("Sec-Fetch-Site");
    if (stated.isEmpty() && site == null) {
      return;
    }
    boolean known = stated.stream().allMatch(origins::contains);
    boolean same = stated.stream().allMatch(origin -> isSame(origin, headers));
    boolean crossSiteWrite =
        !SAFE_METHODS.contains(request.getMethod())
            && CROSS_SITE.contains(String.valueOf(site))
            && (stated.isEmpty() || !known);
    if (crossSiteWrite || !(known || same)) {
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
