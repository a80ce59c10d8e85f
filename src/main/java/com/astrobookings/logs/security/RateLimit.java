package com.astrobookings.logs.security;

import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.Problem;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Bounds how often one credential may be used: so many requests a second on average, ten times as
 * many for a moment. For each credential it remembers the time up to which its requests are paid
 * for; a request is let in unless that lies too far ahead.
 */
final class RateLimit implements WebFilter {

  /** How far ahead a credential may be of its average. */
  private static final long AHEAD = Duration.ofSeconds(10).toNanos();

  /** Names come from the tokens of an issuer, so there may be any number of them. */
  private static final int MANY = 10_000;

  private final long price;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<String, Long> paidUpTo = new ConcurrentHashMap<>();

  /**
   * A limit.
   *
   * @param perSecond at least 1
   * @param nanoTime a clock that never goes back, with any beginning
   */
  RateLimit(int perSecond, LongSupplier nanoTime) {
    this.price = Duration.ofSeconds(1).toNanos() / perSecond;
    this.nanoTime = nanoTime;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return Mono.defer(() -> {
      Caller caller = Caller.of(exchange);
      long wait = caller.scopes().isEmpty() ? 0 : pay(caller.name());
      return wait == 0 ? chain.filter(exchange) : Mono.error(tooMany(wait));
    });
  }

  /** Lets a request in and returns 0, or returns after how many nanoseconds it could come in. */
  private long pay(String name) {
    long now = nanoTime.getAsLong();
    if (paidUpTo.size() > MANY) {
      paidUpTo.values().removeIf(paid -> paid - now <= 0);
    }
    AtomicLong wait = new AtomicLong();
    paidUpTo.compute(
        name,
        (key, before) -> {
          long paid = before == null || before - now < 0 ? now : before;
          wait.set(Math.max(0, paid + price - now - AHEAD));
          return wait.get() == 0 ? paid + price : paid;
        });
    return wait.get();
  }

  private static ProblemException tooMany(long wait) {
    long seconds = Math.ceilDiv(wait, Duration.ofSeconds(1).toNanos());
    return new ProblemException(
        new Problem(
                ProblemType.RATE_LIMITED,
                "This credential is used too often. Wait as long as Retry-After says; send several"
                    + " events in one request.")
            .withHeaders(Map.of(HttpHeaders.RETRY_AFTER, Long.toString(seconds))));
  }
}
