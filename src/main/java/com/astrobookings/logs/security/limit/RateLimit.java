package com.astrobookings.logs.security.limit;

import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.Problem;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.util.Map;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Bounds how often one credential may be used: so many requests a second on average, ten times as
 * many for a moment; the next is answered with 429 and how long to wait. Callers without a
 * credential are not counted.
 */
public final class RateLimit implements WebFilter {

  private final Allowances allowances;

  /**
   * A limit.
   *
   * @param perSecond at least 1
   * @param nanoTime a clock that never goes back, with any beginning
   */
  public RateLimit(int perSecond, LongSupplier nanoTime) {
    this.allowances = new Allowances(perSecond, nanoTime);
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return Mono.defer(() -> {
      Caller caller = Caller.of(exchange);
      long wait = caller.scopes().isEmpty() ? 0 : allowances.use(caller.name());
      return wait == 0 ? chain.filter(exchange) : Mono.error(tooMany(wait));
    });
  }

  private static ProblemException tooMany(long wait) {
    return new ProblemException(
        new Problem(
                ProblemType.RATE_LIMITED,
                "This credential is used too often. Wait as long as Retry-After says; send several"
                    + " events in one request.")
            .withHeaders(Map.of(HttpHeaders.RETRY_AFTER, Long.toString(wait))));
  }
}
