package com.astrobookings.logs.security;

import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Leaves every request to Spring Security's strict firewall in whose path or query there is
 * anything that it could object to; all others, which are nearly all, pass as they are. The strict
 * firewall looks for thirty texts in each path, and matches each header against a pattern whenever
 * it is read. The HTTP server below has checked the headers ({@code RequestHeadCheck}).
 */
final class FastFirewall implements ServerWebExchangeFirewall {

  private final StrictServerWebExchangeFirewall strict = new StrictServerWebExchangeFirewall();

  FastFirewall() {
    // Methods are left to the table of routes: one that a path does not know, whatever its name,
    // is answered with those that it knows (RFC 9110, section 15.5.6).
    strict.setUnsafeAllowAnyHttpMethod(true);
  }

  @Override
  public Mono<ServerWebExchange> getFirewalledExchange(ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    return isPlainPath(request.getURI().getRawPath())
            && isPlainQuery(request.getURI().getRawQuery())
        ? Mono.just(exchange)
        : strict.getFirewalledExchange(exchange);
  }

  /**
   * Whether it has no characters but letters, digits and {@code -_./}, and no segment that is empty
   * or begins with a dot.
   */
  static boolean isPlainPath(@Nullable String path) {
    if (path == null || path.isEmpty() || path.charAt(0) != '/') {
      return false;
    }
    for (int i = 1; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean plain =
          isAlphanumeric(c)
              || c == '-'
              || c == '_'
              || c == ':'
              || ((c == '/' || c == '.') && path.charAt(i - 1) != '/');
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is visible ASCII without percent-encoding. */
  static boolean isPlainQuery(@Nullable String query) {
    if (query != null) {
      for (int i = 0; i < query.length(); i++) {
        char c = query.charAt(i);
        if (c <= ' ' || c >= 127 || c == '%') {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  }
}
