package com.astrobookings.logs.security;

import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.Scope;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets a request pass if the table of routes has its method and path and its caller has the scope
 * that the table names. Answers the rest: 401 without a credential, 403 without the scope, 404 and
 * 405 for what is not in the table, and OPTIONS with the methods of the path (RFC 9110, sections
 * 9.3.7 and 15.5.6).
 *
 * <p>The path matchers of Spring Security ask one route after the other, each by a Mono: 5 µs a
 * request. One look-up by path gives the route, the methods and the scope.
 */
final class AuthorizationFilter implements WebFilter {

  /** The caller of everything while no credentials are configured. */
  private static final Caller ANYBODY = new Caller("anybody", EnumSet.allOf(Scope.class));

  private final boolean open;

  /**
   * Creates a filter.
   *
   * @param open whether no credentials are configured, so that all routes but a few need none
   */
  AuthorizationFilter(boolean open) {
    this.open = open;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (open) {
      ANYBODY.attachTo(exchange);
    }
    ServerHttpRequest request = exchange.getRequest();
    Route route = Routes.of(request);
    check(route, request, exchange);
    return HttpMethod.OPTIONS.equals(request.getMethod())
        ? options(exchange.getResponse(), Routes.methods(request))
        : chain.filter(exchange);
  }

  private void check(@Nullable Route route, ServerHttpRequest request, ServerWebExchange exchange) {
    Caller caller = Caller.of(exchange);
    if (route == null) {
      throw caller.isKnown() ? unknown(request) : AuthenticationFailures.noCredential(open);
    }
    Scope scope = route.scope();
    if (open ? route.always() : scope != null && !caller.isKnown()) {
      throw AuthenticationFailures.noCredential(open);
    }
    if (scope != null) {
      caller.require(scope, "This request");
    }
  }

  private static RuntimeException unknown(ServerHttpRequest request) {
    Set<HttpMethod> methods = Routes.methods(request);
    return methods.isEmpty()
        ? new ProblemException(ProblemType.NOT_FOUND, "There is nothing at this path.")
        : new MethodNotAllowedException(request.getMethod(), methods);
  }

  private static Mono<Void> options(ServerHttpResponse response, Set<HttpMethod> methods) {
    response.setStatusCode(HttpStatus.NO_CONTENT);
    response.getHeaders().setAllow(methods);
    return response.setComplete();
  }
}
