package com.astrobookings.logs.ingest.spooling;

import com.astrobookings.logs.spool.Spool;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Tells readers that events wait in the spool of this instance, which no read can see yet: {@code
 * X-Spool-Depth} has their number, and is left out when there are none.
 */
final class SpoolDepthFilter implements WebFilter {

  static final String HEADER = "X-Spool-Depth";

  private static final String LOGS = "/api/v1/logs";

  private final Spool spool;

  SpoolDepthFilter(Spool spool) {
    this.spool = spool;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    long waiting = spool.state().total();
    if (waiting > 0 && isRead(exchange.getRequest())) {
      exchange.getResponse().getHeaders().set(HEADER, Long.toString(waiting));
    }
    return chain.filter(exchange);
  }

  private static boolean isRead(ServerHttpRequest request) {
    String path = request.getPath().pathWithinApplication().value();
    return path.startsWith(LOGS)
        && !(path.equals(LOGS) && HttpMethod.POST.equals(request.getMethod()));
  }
}
