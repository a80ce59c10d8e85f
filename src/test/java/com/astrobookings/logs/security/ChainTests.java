package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.security.RawHttp.Answer;
import com.astrobookings.logs.web.Scope;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** What the chain does beside letting in, with everything configured that can be. */
@SpringBootTest(
    classes = SecuredServer.Rooms.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.endpoint.health.validate-group-membership=false",
      "logs.security.requests-per-second=1",
      "logs.security.allowed-origins=https://ops.example",
      "logs.security.jwt.jwk-set-uri=http://127.0.0.1:1/keys"
    })
@ContextConfiguration(initializers = SecuredServer.Credentials.class)
@ExtendWith(OutputCaptureExtension.class)
class ChainTests {

  private static final String HOST = "Host: logs.example";

  @LocalServerPort private int port;

  @Test
  void aCredentialThatIsUsedTooOftenHasToWait() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(get("Authorization: Bearer " + TestKeys.of(Scope.READ)).status()).isEqualTo(200);
    }
    Answer answer = get("Authorization: Bearer " + TestKeys.of(Scope.READ));

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.text()).contains("problem:rate-limited");
    assertThat(get("Authorization: Bearer " + TestKeys.EXPIRING).status()).isEqualTo(200);
  }

  @Test
  void aTokenWaitsForAnIssuerThatIsAway() throws Exception {
    String token = TestIssuer.INSTANCE.signed(TestIssuer.INSTANCE.claims("logs:read").build());

    Answer answer = get("Authorization: Bearer " + token);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text()).contains("problem:issuer-unavailable");
    assertThat(answer.text()).doesNotContain("127.0.0.1:1", "Exception");
  }

  @Test
  void everyAnswerHasTheHeadersThatBrowsersHeed() throws Exception {
    Map<String, String> expected =
        Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin");
    for (Answer answer : new Answer[] {get("X: 1"), get("Authorization: Bearer " + TestKeys.ALL)}) {
      expected.forEach((name, value) -> assertThat(answer.header(name)).isEqualTo(value));
      assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
      assertThat(answer.header("Cache-Control")).contains("no-store");
    }
  }

  @Test
  void nobodyIsBelievedAboutAnAddress(CapturedOutput output) throws Exception {
    RawHttp.send(
        port,
        "GET /api/v1/logs HTTP/1.1",
        HOST,
        "Authorization: Bearer " + TestKeys.WRONG,
        "X-Forwarded-For: 198.51.100.1",
        "Forwarded: for=198.51.100.1");

    assertThat(output).contains("A credential from 127.0.0.1 was refused");
  }

  @Test
  void onlyPagesOfConfiguredOriginsMayAsk() throws Exception {
    assertThat(preflight("https://ops.example").header("Access-Control-Allow-Origin"))
        .isEqualTo("https://ops.example");
    Answer stranger = preflight("https://evil.example");
    assertThat(stranger.status()).isEqualTo(403);
    assertThat(stranger.header("Access-Control-Allow-Origin")).isEmpty();
  }

  private Answer get(String header) throws Exception {
    return RawHttp.send(port, "GET /api/v1/logs HTTP/1.1", HOST, header);
  }

  private Answer preflight(String origin) throws Exception {
    return RawHttp.send(
        port,
        "OPTIONS /api/v1/logs HTTP/1.1",
        HOST,
        "Origin: " + origin,
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: authorization");
  }
}
