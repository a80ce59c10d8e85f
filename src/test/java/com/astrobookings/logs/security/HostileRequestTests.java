package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.security.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests that no honest client sends, byte by byte, each with the answer it must get. */
@SecuredServer
@ExtendWith(OutputCaptureExtension.class)
class HostileRequestTests {

  private static final String HOST = "Host: localhost";
  private static final String JSON_BODY = "Content-Type: application/json";

  @LocalServerPort private int port;

  @ParameterizedTest
  @CsvSource({
    "/api/v1/logs/../../../actuator/env, 400",
    "/api/v1/logs/..%2f..%2factuator%2fprometheus, 400",
    "/api/v1/logs/%2e%2e/%2e%2e/actuator, 400",
    "/api/v1//logs, 400",
    "//api/v1/logs, 400",
    "/./api/v1/logs, 400",
    "/api/v1/logs;jsessionid=1, 400",
    "/api/v1/logs/a%00b, 400",
    "/api/v1/logs/a%0d%0aSet-Cookie:%20x=1, 400",
    "/api/v1/logs/a%5cb, 400",
    "/api/v1/logs/%252e%252e, 400",
    "/api/v1/logs/..\\..\\x, 400",
    "/api/v1/logs/, 404",
    "/API/v1/logs, 404",
    "/api/v1/logs/a/b, 404",
    "/api/v1/logs%20, 404",
    "/actuator, 404",
    "/actuator/env, 404",
    "/actuator/heapdump, 404",
    "/actuator/loggers, 404",
    "/login, 404",
    "/logout, 404",
    "/error, 404",
    "/favicon.ico, 404",
    "/, 404"
  })
  void aPathMeansOneThingOrNothing(String path, int status) throws Exception {
    Answer answer = get(path);

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Set-Cookie")).isEmpty();
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
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
    assertThat(answer.text()).contains("problem:event-not-found").doesNotContain("evil");
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
    assertThat(answer.text()).doesNotContain(TestKeys.ALL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "FOO", "get", "PROPFIND"})
  void aMethodThatNobodyKnowsIsNotFollowed(String method) throws Exception {
    Answer answer =
        RawHttp.send(port, method + " /api/v1/logs HTTP/1.1", with("X-Secret: marker-secret"));

    assertThat(answer.status()).as(answer.text()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET,HEAD,OPTIONS,POST");
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text()).doesNotContain("marker-secret", TestKeys.ALL);
  }

  @Test
  void aTunnelIsNotOpened() throws Exception {
    Answer answer = RawHttp.send(port, "CONNECT localhost:9200 HTTP/1.1", with());

    assertThat(answer.status()).as(answer.text()).isIn(400, 404, 405);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void aHugeHeaderOrRequestLineIsRefused() throws Exception {
    assertThat(get("/api/v1/logs", "X-Large: " + "x".repeat(100_000)).status()).isEqualTo(431);
    assertThat(get("/api/v1/logs?from=" + "x".repeat(100_000)).status()).isEqualTo(414);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Odd: a\u0000b",
        "X-Odd: a\rb",
        " X-Folded: a",
        "X Odd: a",
        "Transfer-Encoding: chunked\r\nContent-Length: 5"
      })
  void aBrokenHeaderIsNotInterpreted(String header) throws Exception {
    // Folded, it belongs to the credential before it, which then is none.
    assertThat(get("/api/v1/logs/none", header).status()).isIn(400, 401, 404);
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
  void aDuplicateMemberIsAFault() throws Exception {
    Answer answer =
        post(
            """
            {"type":"ERROR","errorCode":"E","errorMessage":"one","errorMessage":"two"}\
            """);

    assertThat(answer.status()).as(answer.text()).isIn(400, 422);
    assertThat(answer.text()).contains("errorMessage");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\\r\\nX-Injected: 1",
        "\\uff41\\uff42",
        "a\\u202eb",
        "a\\u200bb",
        "e\\u0301",
        "a\\u0000b",
        "../x",
        "a b",
        "\\ud83d",
        "<b>"
      })
  void anIdHasPlainCharactersOnly(String id) throws Exception {
    Answer answer =
        post(
            """
            {"type":"ERROR","id":"%s","timestamp":"2024-08-11T09:30:00Z",\
            "errorCode":"E","errorMessage":"m"}\
            """
                .formatted(id));

    assertThat(answer.status()).as(answer.text()).isIn(400, 422);
    assertThat(answer.header("X-Injected")).isEmpty();
    assertThat(answer.header("Location")).isEmpty();
  }

  @Test
  void whatSomebodySendsBeginsNoLineInTheLog(CapturedOutput output) throws Exception {
    get("/api/v1/logs/x%0a2026-01-01 ERROR forged");
    get("/api/v1/logs?x%0aforged=1", "User-Agent: x\nforged: 1");
    post("{\"type\":\"ERROR\\nforged\",\"errorCode\":\"E\",\"errorMessage\":\"m\"}");
    RawHttp.send(port, "GET / HTTP/1.1", HOST, "Authorization: Bearer x\u000bforged");

    assertThat(output.getAll().lines()).noneMatch(line -> line.startsWith("forged"));
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
