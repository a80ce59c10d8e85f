package com.astrobookings.logs.security;

import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Answers OPTIONS with the methods that a path knows (RFC 9110, section 9.3.7). */
final class MethodsAnswer implements WebFilter {

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return Mono.defer(() -> {
      ServerHttpRequest request = exchange.getRequest();
      return HttpMethod.OPTIONS.equals(request.getMethod())
          ? answer(exchange.getResponse(), Routes.methods(request))
          : chain.filter(exchange);
    });
  }

  private static Mono<Void> answer(ServerHttpResponse response, Set<HttpMethod> methods) {
    response.setStatusCode(HttpStatus.NO_CONTENT);
    response.getHeaders().setAllow(methods);
    return response.setComplete();
  }
}
