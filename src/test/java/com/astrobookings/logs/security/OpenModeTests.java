package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A service on the loopback without credentials, and the web pages that would like to use it. */
@SpringBootTest(
    classes = SecuredServer.Rooms.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.endpoint.health.validate-group-membership=false",
      "logs.security.hosts=logs.test",
      "logs.security.allowed-origins=https://ops.example"
    })
class OpenModeTests {

  @LocalServerPort private int port;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:80",
        "logs.localhost:1",
        "127.0.0.1",
        "127.0.0.9:80",
        "[::1]",
        "[::1]:8080",
        "logs.test",
        "Logs.Test:9"
      })
  void answersToNamesOfTheLoopbackAndConfiguredOnes(String host) throws Exception {
    assertThat(RawHttp.send(port, "GET /api/v1/logs HTTP/1.1", "Host: " + host).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "localhost.",
        "localhost, evil.example",
        "127.0.0.1.evil.example",
        "evil-localhost",
        "evil.example#.localhost",
        "evil.example/.localhost",
        "192.0.2.1",
        "0.0.0.0",
        "[::]",
        "[::ffff:192.0.2.1]",
        "127.0.0.1@evil.example",
        ""
      })
  void doesNotAnswerToOtherNames(String host) throws Exception {
    RawHttp.Answer answer = RawHttp.send(port, "GET /api/v1/logs HTTP/1.1", "Host: " + host);

    assertThat(answer.status()).as(answer.text()).isEqualTo(421);
    assertThat(answer.problem()).isEqualTo("misdirected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:80:80", "::1", "[::1]evil.example", "localhost:port"})
  void doesNotGuessWhatABrokenNameMeans(String host) throws Exception {
    RawHttp.Answer answer = RawHttp.send(port, "GET /api/v1/logs HTTP/1.1", "Host: " + host);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("bad-request");
  }

  @Test
  void saysHowToAnswerToAnotherName() throws Exception {
    RawHttp.Answer answer = RawHttp.send(port, "GET /api/v1/logs HTTP/1.1", "Host: evil.example");

    assertThat(answer.status()).isEqualTo(421);
    assertThat(answer.problem()).isEqualTo("misdirected");
    assertThat(answer.text()).contains("logs.security.hosts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: http://localhost:1",
        "Origin: file://",
        "Origin: \"",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site"
      })
  void takesNoWritesFromPagesOfOtherOrigins(String header) throws Exception {
    RawHttp.Answer answer = write(header);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).contains("problem:cross-origin", "logs.security.allowed-origins");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void takesWritesFromItsOwnPagesAndConfiguredOnes() throws Exception {
    for (String header :
        new String[] {
          "Origin: http://localhost:" + port,
          "Sec-Fetch-Site: same-origin",
          "Sec-Fetch-Site: none",
          "X-Nothing: 1"
        }) {
      assertThat(write(header).status()).as(header).isEqualTo(415);
    }
    RawHttp.Answer configured = write("Origin: https://ops.example");
    assertThat(configured.status()).isEqualTo(415);
    assertThat(configured.header("Access-Control-Allow-Origin")).isEqualTo("https://ops.example");
  }

  @Test
  void lessensNothingForReadersThatFollowALink() throws Exception {
    assertThat(
            RawHttp.send(
                    port,
                    "GET /api/v1/logs HTTP/1.1",
                    "Host: localhost",
                    "Sec-Fetch-Site: cross-site")
                .status())
        .isEqualTo(200);
  }

  @Test
  void keepsErasureForCredentials() throws Exception {
    RawHttp.Answer answer =
        RawHttp.send(
            port, "POST /api/v1/admin/erasures HTTP/1.1", "Host: localhost", "Content-Length: 0");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"astrobookings-logs\"");
  }

  @Test
  void opensEverythingElse() throws Exception {
    for (String path :
        new String[] {"/actuator/health", "/actuator/info", "/actuator/prometheus"}) {
      assertThat(RawHttp.send(port, "GET " + path + " HTTP/1.1", "Host: localhost").status())
          .as(path)
          .isEqualTo(200);
    }
  }

  @Test
  void knowsWhatIsNotThere() throws Exception {
    RawHttp.Answer nothing = RawHttp.send(port, "GET /actuator/env HTTP/1.1", "Host: localhost");
    assertThat(nothing.status()).isEqualTo(404);
    RawHttp.Answer method = RawHttp.send(port, "PATCH /api/v1/logs HTTP/1.1", "Host: localhost");
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.header("Allow")).contains("GET", "POST");
  }

  private RawHttp.Answer write(String header) throws Exception {
    return RawHttp.send(
        port,
        "POST /api/v1/logs HTTP/1.1",
        "Host: localhost:" + port,
        header,
        "Content-Type: text/plain",
        "Content-Length: 2",
        "",
        "{}");
  }
}
