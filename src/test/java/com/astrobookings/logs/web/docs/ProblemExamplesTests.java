package com.astrobookings.logs.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.security.SecuredServer;
import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.store.tail.InMemoryEventTail;
import com.astrobookings.logs.web.docs.ApiClient.Response;
import com.astrobookings.logs.web.docs.OpenApi.Operation;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.node.ObjectNode;

/** The problems that the description shows against those of a running service. */
@SpringBootTest(
    classes = SecuredServer.Rooms.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "management.endpoint.health.validate-group-membership=false")
class ProblemExamplesTests {

  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
  private static final Map<String, String> NOTHING = Map.of();

  /** Of a service with credentials ({@link ScopesTests}), or of defects. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "unauthenticated",
          "forbidden",
          "rate-limited",
          "issuer-unavailable",
          "body-timed-out",
          "rejected-event",
          "internal-error");

  @Autowired private InMemoryEventStore store;
  @LocalServerPort private int port;

  /** A request that is answered with the example. */
  private record Sample(
      String example,
      String operation,
      String method,
      String uri,
      Map<String, String> headers,
      String body) {

    @Override
    public String toString() {
      return example;
    }
  }

  static Stream<Sample> samples() {
    String auth = ApiConformanceTests.example("auth").toString();
    return Stream.of(
        write("unreadable-body", "", JSON, "{\"type\":\"AUTH\""),
        write("invalid-option", "?refresh=soon", JSON, auth),
        write("cross-origin", "", Map.of("Origin", "http://x"), auth),
        write("unsupported-media-type", "", Map.of("Content-Type", "text/plain"), auth),
        write("too-large", "", JSON, " ".repeat(10_485_761)),
        write(
            "invalid-event", "", JSON, "{\"type\":\"AUTH\",\"userId\":\"u\",\"result\":\"FAIL\"}"),
        write("event-conflict", "", JSON, conflicting()),
        write("overloaded", "", JSON, auth),
        read("bad-request", "listLogs", "/api/v1/logs;x=y", NOTHING),
        read("misdirected", "listLogs", "/api/v1/logs", Map.of("Host", "logs.example")),
        read("not-acceptable", "listLogs", "/api/v1/logs", Map.of("Accept", "image/png")),
        read("target-too-long", "listLogs", "/api/v1/logs?q=" + "x".repeat(70_000), NOTHING),
        read("headers-too-large", "listLogs", "/api/v1/logs", Map.of("X", "x".repeat(70_000))),
        read("unavailable", "listLogs", "/api/v1/logs", NOTHING),
        read("timed-out", "listLogs", "/api/v1/logs", NOTHING),
        read("invalid-parameter", "getLog", "/api/v1/logs/x?limit=0", NOTHING),
        read("event-not-found", "getLog", "/api/v1/logs/x", NOTHING),
        read(
            "position-gone",
            "tailLogs",
            "/api/v1/logs/tail",
            Map.of("Last-Event-ID", InMemoryEventTail.position(false, 1).encode())),
        read("not-found", "listLogs", "/no/such/path", NOTHING),
        new Sample("method-not-allowed", "listLogs", "put", "/api/v1/logs", JSON, auth));
  }

  private static Sample write(
      String example, String query, Map<String, String> headers, String body) {
    return new Sample(example, "writeLogs", "post", "/api/v1/logs" + query, headers, body);
  }

  private static Sample read(
      String example, String operation, String uri, Map<String, String> headers) {
    return new Sample(example, operation, "get", uri, headers, null);
  }

  private static String conflicting() {
    return ApiConformanceTests.example("notify")
        .put("id", "core-api.4711")
        .put("timestamp", "2024-08-11T09:30:00Z")
        .toString();
  }

  @AfterEach
  void forget() {
    store.clear();
    store.comeBack();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void areAnsweredAsTheyAreShown(Sample sample) {
    ApiClient client = new ApiClient(port);
    switch (sample.example()) {
      case "unavailable" -> store.goDown("down");
      case "timed-out" -> store.timeOut("slow");
      case "overloaded" -> store.beOverloaded("full");
      default ->
          client.post(
              "/api/v1/logs", "application/json", ApiConformanceTests.example("auth").toString());
    }
    Operation operation = OpenApi.operation(sample.operation());
    Response response =
        client
            .send(sample.method(), sample.uri(), sample.headers(), sample.body())
            .isDescribedBy(operation);
    check(response, sample.example());
    if (sample.method().equals(operation.method())) {
      assertThat(operation.response(response.status()).findValuesAsString("$ref"))
          .contains("#/components/examples/" + sample.example());
    }
  }

  /** Asserts that it is the example but for the id of the trace. */
  static void check(Response response, String example) {
    ObjectNode problem = (ObjectNode) response.json();
    ObjectNode shown = ApiConformanceTests.example(example);
    problem.set("traceId", shown.path("traceId"));
    assertThat(problem).isEqualTo(shown);
    assertThat(response.status()).isEqualTo(shown.path("status").asInt());
  }

  @Test
  void areAllTried() {
    Set<String> tried = new TreeSet<>(ELSEWHERE);
    samples().map(Sample::example).forEach(tried::add);
    Set<String> shown = new TreeSet<>();
    OpenApi.document()
        .at("/components/examples")
        .forEachEntry((name, example) -> {
          if (example.path("value").has("detail")) {
            shown.add(name);
          }
        });
    assertThat(tried).isEqualTo(shown);
  }
}
