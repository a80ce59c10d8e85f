package com.astrobookings.logs.web;

import com.astrobookings.logs.event.trace.TraceContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Gives every exchange its trace id before any other filter runs. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TraceFilter implements WebFilter {

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    String traceId = TraceId.of(exchange);
    exchange.getResponse().getHeaders().set(TraceId.HEADER, traceId);
    return TraceContext.trace(chain.filter(exchange), traceId);
  }
}
