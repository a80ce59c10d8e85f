package com.astrobookings.logs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.store.InMemoryEventStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@IngestServer
class SingleEventTests {

  private static final String EVENT =
      """
      {"type":"ERROR","id":"a-1","timestamp":"2024-08-11T09:30:00Z",
       "errorCode":"E1","errorMessage":"%s"}\
      """;

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort private int port;
  @Autowired private InMemoryEventStore store;

  @AfterEach
  void empty() {
    store.comeBack();
    store.clear();
  }

  @Test
  void isStoredAndHasAPlace() throws Exception {
    HttpResponse<String> answer = post(EVENT.formatted("x"));

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Location"))
        .contains("logs/a-1?timestamp=2024-08-11T09:30:00Z");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("X-Trace-Id").orElseThrow()).matches("[0-9a-f]{32}");
    assertThat(answer.body())
        .isEqualTo(
            """
            {"received":1,"stored":1,"duplicate":0,"spooled":0,"conflict":0,"invalid":0,\
            "rejected":0,"refused":0,"failed":0,"items":[{"index":0,"id":"a-1",\
            "timestamp":"2024-08-11T09:30:00Z","status":"stored"}]}\
            """);
    assertThat(store.events()).hasSize(1);
  }

  @Test
  void isADuplicateTheSecondTime() throws Exception {
    post(EVENT.formatted("x"));

    assertThat(post(EVENT.formatted("x")).statusCode()).isEqualTo(200);
  }

  @Test
  void isAConflictWithOtherContent() throws Exception {
    post(EVENT.formatted("x"));

    JsonNode problem = problem(post(EVENT.formatted("y")), 409);

    assertThat(problem.at("/conflict").asInt()).isEqualTo(1);
    assertThat(problem.at("/items/0/status").asString()).isEqualTo("conflict");
  }

  @Test
  void isRefusedWithEveryViolationNamed() throws Exception {
    JsonNode problem = problem(post("{\"type\":\"ERROR\",\"errorCode\":1,\"x\":2}"), 422);

    assertThat(problem.at("/type").asString())
        .isEqualTo("urn:astrobookings:logs:problem:invalid-event");
    assertThat(problem.at("/errors"))
        .extracting(error -> error.at("/pointer").asString())
        .containsExactly("/errorCode", "/x", "/errorMessage");
    assertThat(problem.at("/items/0/errors")).isEqualTo(problem.at("/errors"));
    assertThat(store.events()).isEmpty();
  }

  @Test
  void isRefusedForNowWhenTheStoreIsAway() throws Exception {
    store.goDown("connection refused by node-7");

    HttpResponse<String> answer = post(EVENT.formatted("x"));

    problem(answer, 503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    assertThat(answer.body()).doesNotContain("node-7");
  }

  @Test
  void isRefusedForNowWhenTheStoreIsOverloaded() throws Exception {
    store.beOverloaded("queue is full");

    HttpResponse<String> answer = post(EVENT.formatted("x"));

    problem(answer, 429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void getsAnIdAndTheTimeOfReceipt() throws Exception {
    JsonNode receipt =
        JsonMapper.shared()
            .readTree(
                post("{\"type\":\"ERROR\",\"errorCode\":\"E\",\"errorMessage\":\"m\"}").body());

    assertThat(receipt.at("/items/0/id").asString()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7.*");
    assertThat(receipt.at("/items/0/timestamp").asString()).endsWith("Z");
  }

  private JsonNode problem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = JsonMapper.shared().readTree(answer.body());
    assertThat(problem.at("/status").asInt()).isEqualTo(status);
    assertThat(problem.at("/traceId").asString())
        .isEqualTo(answer.headers().firstValue("X-Trace-Id").orElseThrow());
    return problem;
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/logs"))
            .timeout(Duration.ofMinutes(2))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
