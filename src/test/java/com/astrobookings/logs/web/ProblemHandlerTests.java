package com.astrobookings.logs.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@WebServer
@ExtendWith(OutputCaptureExtension.class)
class ProblemHandlerTests {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort private int port;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /nothing          |                  | 404 | not-found",
        "POST   | /nothing          | application/json | 404 | not-found",
        "PURGE  | /nothing          |                  | 404 | not-found",
        "GET    | /actuator/nothing |                  | 404 | not-found",
        "POST   | /actuator/health  |                  | 405 | method-not-allowed",
        "DELETE | /text             |                  | 405 | method-not-allowed",
        "PURGE  | /text             |                  | 405 | method-not-allowed",
        "POST   | /json             |                  | 415 | unsupported-media-type",
        "POST   | /json             | text/plain       | 415 | unsupported-media-type",
        "POST   | /json             | nonsense         | 415 | unsupported-media-type",
        "GET    | /number           |                  | 400 | invalid-parameter",
        "GET    | /number?value=x   |                  | 400 | bad-request",
        "GET    | /problem          |                  | 400 | invalid-parameter",
        "GET    | /unavailable      |                  | 503 | unavailable",
        "GET    | /slow             |                  | 504 | timed-out",
        "GET    | /defect           |                  | 500 | internal-error",
        "GET    | /filtered         |                  | 500 | internal-error"
      })
  void answersAnyFailureInOneForm(
      String method, String path, String contentType, int status, String type) throws Exception {
    HttpRequest.Builder request = request(path).method(method, BodyPublishers.noBody());
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }

    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());

    JsonNode problem = problem(answer, status);
    assertThat(problem.at("/type").asString()).isEqualTo("urn:astrobookings:logs:problem:" + type);
    assertThat(problem.at("/title").asString()).isNotBlank();
    assertThat(problem.at("/detail").asString()).isNotBlank();
    assertThat(answer.body())
        .doesNotContain("secret", "Exception", "springframework", "astrobookings.logs", "node-7");
  }

  @Test
  void namesTheAllowedMethods() throws Exception {
    HttpResponse<String> answer = send(request("/text").DELETE());

    assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("GET");
    assertThat(problem(answer, 405).at("/detail").asString()).contains("GET").contains("DELETE");
  }

  @Test
  void namesTheMediaTypesItCanOffer() throws Exception {
    HttpResponse<String> answer = send(request("/text").header("Accept", "image/png"));

    assertThat(problem(answer, 406).at("/detail").asString()).contains("text/plain");
  }

  @Test
  void namesTheMediaTypeThatABodyMustHave() throws Exception {
    HttpResponse<String> answer =
        send(request("/json").header("Content-Type", "text/plain").POST(BodyPublishers.noBody()));

    assertThat(problem(answer, 415).at("/detail").asString())
        .isEqualTo("The Content-Type header must be one of application/json.");
  }

  @Test
  void saysWhenToComeBack() throws Exception {
    assertThat(send(request("/unavailable")).headers().firstValue("Retry-After")).contains("5");
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    HttpResponse<String> answer = send(request("/nothing").method("HEAD", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void tracesEveryAnswer() throws Exception {
    assertThat(send(request("/text")).headers().firstValue("X-Trace-Id").orElseThrow())
        .matches("[0-9a-f]{32}");
    assertThat(send(traced("/text")).headers().firstValue("X-Trace-Id")).contains(TRACE);
    assertThat(problem(send(traced("/nothing")), 404).at("/traceId").asString()).isEqualTo(TRACE);
  }

  @Test
  void logsADefectOnceUnderItsTrace(CapturedOutput output) throws Exception {
    problem(send(traced("/defect")), 500);

    assertThat(output.getAll().lines().filter(line -> line.contains("ERROR")))
        .singleElement()
        .asString()
        .contains(TRACE, "GET /defect failed");
    assertThat(output)
        .containsOnlyOnce("java.lang.IllegalStateException")
        .contains("\tat com.astrobookings.logs.web.WebServer")
        .doesNotContain("secret of the handler");
  }

  @Test
  void logsTheReasonOfAnUnavailableStoreForOperators(CapturedOutput output) throws Exception {
    problem(send(traced("/unavailable")), 503);

    assertThat(output.getAll().lines().filter(line -> line.contains("GET /unavailable")))
        .singleElement()
        .asString()
        .contains("DEBUG", TRACE, "was refused: node-7 said no");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "line of the handler",
        "line of the subscribing thread",
        "line of a worker",
        "line of a callback"
      })
  void everyLineOfARequestHasItsTraceId(String line, CapturedOutput output) throws Exception {
    send(traced("/logging"));

    assertThat(output.getAll().lines().filter(found -> found.contains(line)))
        .singleElement()
        .asString()
        .contains(TRACE);
  }

  @Test
  void theLineOfAnAnswerThatBreaksOffHasItsTraceId(CapturedOutput output) {
    assertThatThrownBy(() -> send(traced("/broken"))).isInstanceOf(IOException.class);

    assertThat(output.getAll().lines().filter(line -> line.contains("ERROR")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains(TRACE));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .timeout(Duration.ofMinutes(2));
  }

  private HttpRequest.Builder traced(String path) {
    return request(path).header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode problem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    JsonNode problem = JsonMapper.shared().readTree(answer.body());
    assertThat(problem.at("/status").asInt()).isEqualTo(status);
    assertThat(problem.at("/traceId").asString())
        .isEqualTo(answer.headers().firstValue("X-Trace-Id").orElseThrow());
    return problem;
  }
}
