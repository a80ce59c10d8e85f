package com.astrobookings.logs.security.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.Scope;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class RateLimitFilterTests {

  private static final Caller JANE = new Caller("jane", Set.of(Scope.READ));

  /** Close to its end, because nano time may overflow. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

  private final RateLimitFilter limit = new RateLimitFilter(5, now::get);

  @Test
  void letsTenTimesTheAverageInAtOnce() {
    assertThat(accepted(JANE, 100)).isEqualTo(50);
  }

  @Test
  void letsTheAverageInForEver() {
    accepted(JANE, 100);
    int accepted = 0;
    for (int second = 0; second < 100; second++) {
      now.addAndGet(Duration.ofSeconds(1).toNanos());
      accepted += accepted(JANE, 20);
    }
    assertThat(accepted).isEqualTo(500);
  }

  @Test
  void saysHowLongToWait() {
    accepted(JANE, 50);

    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> send(JANE).block());

    assertThat(refusal.problem().type()).isEqualTo(ProblemType.RATE_LIMITED);
    assertThat(refusal.problem().headers()).containsEntry("Retry-After", "1");
  }

  @Test
  void countsEachCredentialByItself() {
    accepted(JANE, 100);

    assertThat(accepted(new Caller("joe", Set.of(Scope.READ)), 100)).isEqualTo(50);
  }

  @Test
  void leavesOpenRoutesAlone() {
    assertThat(accepted(new Caller("nobody", Set.of()), 100)).isEqualTo(100);
  }

  private int accepted(Caller caller, int requests) {
    int accepted = 0;
    for (int i = 0; i < requests; i++) {
      accepted += send(caller).thenReturn(1).onErrorReturn(0).block();
    }
    return accepted;
  }

  private Mono<Void> send(Caller caller) {
    MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
    caller.attachTo(exchange);
    return limit.filter(exchange, next -> Mono.empty());
  }
}
