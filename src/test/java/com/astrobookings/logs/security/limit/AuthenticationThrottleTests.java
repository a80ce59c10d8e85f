package com.astrobookings.logs.security.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AuthenticationThrottleTests {

  /** Close to its end, because nano time may overflow. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

  private final AuthenticationThrottle limit = new AuthenticationThrottle(now::get);

  @Test
  void allowsTenForAMomentAndOneASecondForEver() {
    assertThat(allowed("192.0.2.1", 100)).isEqualTo(10);
    int allowed = 0;
    for (int second = 0; second < 100; second++) {
      pass(Duration.ofSeconds(1));
      allowed += allowed("192.0.2.1", 5);
    }
    assertThat(allowed).isEqualTo(100);
  }

  @Test
  void saysHowLongToWait() {
    allowed("192.0.2.1", 10);

    assertThat(count("192.0.2.1")).isEqualTo(1);
    pass(Duration.ofMillis(999));
    assertThat(count("192.0.2.1")).isEqualTo(1);
    pass(Duration.ofMillis(1));
    assertThat(count("192.0.2.1")).isZero();
  }

  @Test
  void countsEachAddressByItselfAndIpv6ByItsNetwork() {
    allowed("192.0.2.1", 100);
    assertThat(allowed("192.0.2.2", 100)).isEqualTo(10);

    allowed("2001:db8:1:2::1", 6);
    assertThat(allowed("2001:db8:1:2:ffff::1", 100)).isEqualTo(4);
    assertThat(allowed("2001:db8:1:3::1", 100)).isEqualTo(10);
  }

  @Test
  void countsThoseWithoutAnAddressTogether() {
    for (int i = 0; i < 10; i++) {
      assertThat(limit.count(null, "not valid")).isZero();
    }
    assertThat(limit.count(null, "not valid")).isPositive();
  }

  @Test
  void logsNoMoreHoweverManyComeAndSaysHowManyItLeftOut(CapturedOutput output) {
    for (int i = 0; i < 1_000; i++) {
      count("198.51." + i / 250 + "." + i % 250);
    }
    assertThat(lines(output)).isEqualTo(10);

    pass(Duration.ofSeconds(1));
    count("192.0.2.1");
    assertThat(lines(output)).isEqualTo(11);
    assertThat(output)
        .contains(
            "A credential from 192.0.2.1 was refused: not valid (and 990 more since the last such"
                + " line)");
  }

  @Test
  void remembersOnlySoMany() {
    RateLimiter limiter = new RateLimiter(1, now::get);
    for (int i = 0; i < 50_000; i++) {
      limiter.acquire("name-" + i);
    }
    assertThat(limiter.size()).isEqualTo(10_000);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private static long lines(CapturedOutput output) {
    return output.getAll().lines().filter(line -> line.contains("was refused")).count();
  }

  private int allowed(String address, int times) {
    int allowed = 0;
    for (int i = 0; i < times; i++) {
      allowed += count(address) == 0 ? 1 : 0;
    }
    return allowed;
  }

  private long count(String address) {
    return limit.count(InetAddress.ofLiteral(address), "not valid");
  }
}
