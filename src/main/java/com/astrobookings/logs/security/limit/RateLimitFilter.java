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
 * Limits the requests of each credential: so many a second on average, ten times as many at once. A
 * request beyond is a 429 with {@code Retry-After}. Callers without a credential are not limited.
 */
public final class RateLimitFilter implements WebFilter {

  private final RateLimiter limiter;

  /**
   * Creates a filter.
   *
   * @param perSecond at least 1
   * @param nanoTime a monotonic clock in nanoseconds
   */
  public RateLimitFilter(int perSecond, LongSupplier nanoTime) {
    this.limiter = new RateLimiter(perSecond, nanoTime);
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return Mono.defer(() -> {
      Caller caller = Caller.of(exchange);
      long wait = caller.scopes().isEmpty() ? 0 : limiter.acquire(caller.name());
      return wait == 0 ? chain.filter(exchange) : Mono.error(tooMany(wait));
    });
  }

  private static ProblemException tooMany(long wait) {
    return new ProblemException(
        new Problem(
                ProblemType.RATE_LIMITED,
                "This credential sends more requests than are allowed. Wait for the seconds of"
                    + " Retry-After. Send several events in one request.")
            .withHeaders(Map.of(HttpHeaders.RETRY_AFTER, Long.toString(wait))));
  }
}
