package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.security.RawHttp.Answer;
import com.astrobookings.logs.web.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** A service behind a proxy that it trusts, on a platform where the framework trusts everybody. */
@SpringBootTest(
    classes = SecuredServer.Rooms.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.endpoint.health.validate-group-membership=false",
      "spring.main.cloud-platform=kubernetes",
      "logs.security.trusted-proxies=127.0.0.0/8,10.0.0.0/8",
      "logs.security.jwt.jwk-set-uri=http://127.0.0.1:1/keys"
    })
@ContextConfiguration(initializers = SecuredServer.Credentials.class)
@ExtendWith(OutputCaptureExtension.class)
class ClientAddressTests {

  private static final String HOST = "Host: logs.example";

  @LocalServerPort private int port;

  @Test
  void aRefusedCredentialIsLoggedWithTheAddressOfItsClient(CapturedOutput output) throws Exception {
    Answer answer = wrong("X-Forwarded-For: 127.0.0.1, 198.51.100.1, 10.0.0.1");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(output.getAll().lines().filter(line -> line.contains("was refused")))
        .singleElement()
        .asString()
        .contains("A credential from 198.51.100.1 was refused", answer.header("X-Trace-Id"))
        .doesNotContain(TestKeys.WRONG, TestKeys.WRONG.substring(13));
  }

  @Test
  void operatorsLearnWhyAGenuineCredentialIsRefused(CapturedOutput output) throws Exception {
    get(TestKeys.EXPIRED, "X-Forwarded-For: 198.51.100.6");

    assertThat(output)
        .contains("from 198.51.100.6 was refused: The API key of key-1 expired on 2020-01-01");
  }

  @Test
  void whoSendsTooManyWaitsAndHoldsUpNobody() throws Exception {
    String client = "X-Forwarded-For: 198.51.100.2";
    for (int i = 0; i < 10; i++) {
      assertThat(wrong(client).status()).isEqualTo(401);
    }
    Answer answer = wrong(client);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.text()).contains("problem:rate-limited", "This credential was refused");
    assertThat(wrong("X-Forwarded-For: 198.51.100.3").status()).isEqualTo(401);
    // From the same address, because it may be the one of a proxy that nobody has declared.
    assertThat(get(TestKeys.of(Scope.READ), client).status()).isEqualTo(200);
  }

  @Test
  void onlyTheConfiguredHeaderIsRead(CapturedOutput output) throws Exception {
    wrong("Forwarded: for=198.51.100.4", "X-Real-IP: 198.51.100.4");

    assertThat(output).contains("from 127.0.0.1 was").doesNotContain("198.51.100.4");
  }

  @Test
  void nothingButTheAddressIsBelieved() throws Exception {
    Answer page =
        RawHttp.send(
            port,
            "GET /swagger-ui.html HTTP/1.1",
            HOST,
            "X-Forwarded-For: 198.51.100.5",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Port: 666",
            "X-Forwarded-Prefix: /evil");

    assertThat(page.status()).isEqualTo(307);
    assertThat(page.header("Location")).isEqualTo("swagger-ui/index.html");
    assertThat(page.text()).doesNotContain("evil", "666");
    Answer prefixed =
        RawHttp.send(
            port, "GET /evil/actuator/health/liveness HTTP/1.1", HOST, "X-Forwarded-Prefix: /evil");
    assertThat(prefixed.status()).isEqualTo(401);
  }

  @Test
  void whatCannotBeReadIsNoFault() throws Exception {
    for (String value : new String[] {"", ",", "\u0001", "unknown", "[", "a".repeat(7000)}) {
      assertThat(get(TestKeys.of(Scope.READ), "X-Forwarded-For: " + value).status())
          .as(value)
          .isEqualTo(value.equals("\u0001") ? 400 : 200);
    }
  }

  private Answer wrong(String... headers) throws Exception {
    return get(TestKeys.WRONG, headers);
  }

  private Answer get(String credential, String... headers) throws Exception {
    String[] all = new String[headers.length + 2];
    all[0] = HOST;
    all[1] = "Authorization: Bearer " + credential;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return RawHttp.send(port, "GET /api/v1/logs HTTP/1.1", all);
  }
}
