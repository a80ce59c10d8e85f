package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.web.server.ServerWebExchange;

class FastFirewallTests {

  private static final String PIECES = "/.;%25%2e%2fa0-_:~\\\"|{}^?&=+\u00e9\u2028";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/v1/logs",
        "/api/v1/logs/core-api:4711_a.b",
        "/api/v1/logs?type=AUTH&q=event.outcome:failure+x&a=b"
      })
  void ordinaryRequestsPassAsTheyAre(String target) {
    MockServerWebExchange exchange = exchange(URI.create(target));

    assertThat(new FastFirewall().getFirewalledExchange(exchange).block()).isSameAs(exchange);
  }

  @Test
  void whatPassesAsItIsWouldPassTheStrictFirewallToo() {
    StrictServerWebExchangeFirewall strict = new StrictServerWebExchangeFirewall();
    Random random = new Random(4711);
    int passed = 0;
    for (int i = 0; i < 100_000; i++) {
      URI target = target(random);
      if (target != null
          && FastFirewall.isPlainPath(target.getRawPath())
          && FastFirewall.isPlainQuery(target.getRawQuery())) {
        passed++;
        assertThat(passes(strict, exchange(target))).as(target.toString()).isTrue();
      }
    }
    assertThat(passed).isGreaterThan(1_000);
  }

  private static boolean passes(ServerWebExchangeFirewall firewall, ServerWebExchange exchange) {
    try {
      ServerWebExchange passed = firewall.getFirewalledExchange(exchange).block();
      return passed != null && passed.getRequest().getQueryParams() != null;
    } catch (RuntimeException rejected) {
      return false;
    }
  }

  private static URI target(Random random) {
    StringBuilder target = new StringBuilder("/");
    for (int i = random.nextInt(8); i > 0; i--) {
      target.append(PIECES.charAt(random.nextInt(PIECES.length())));
    }
    try {
      return URI.create(target.toString());
    } catch (IllegalArgumentException notOne) {
      return null;
    }
  }

  private static MockServerWebExchange exchange(URI target) {
    return MockServerWebExchange.from(MockServerHttpRequest.method(HttpMethod.GET, target));
  }
}
