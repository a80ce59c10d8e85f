package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.web.ProblemType;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The problems that the description of the API shows against those of the running service. */
class ApiProblemsIT extends RunningService {

  private static final String JSON_TYPE = "application/json";

  @ParameterizedTest
  @EnumSource(ProblemType.class)
  void areAllShownOnce(ProblemType type) {
    JsonNode example = problem(type);
    assertThat(example.path("title").asString()).isEqualTo(type.title());
    assertThat(example.path("status").asInt()).isEqualTo(type.status().value());
    assertThat(example.path("detail").asString()).endsWith(".");
    assertThat(example.path("traceId").asString()).hasSize(32);
  }

  @ParameterizedTest
  @MethodSource("badRequests")
  void areShownAsTheyAreAnswered(ProblemType type, HttpRequest.Builder request) {
    request.uri(
        logs("")
            .resolve(
                request.copy().build().uri().toString().substring("http://localhost".length())));
    String first = description().at("/components/schemas/EventAuth/examples/0").toString();
    assertThat(send(posted("", JSON_TYPE, first).uri(logs(""))).statusCode()).isIn(200, 201);

    HttpResponse<String> answer = send(request);

    JsonNode problem = JSON.readTree(answer.body());
    assertThat(answer.statusCode()).isEqualTo(type.status().value());
    problem(type)
        .forEachEntry((name, shown) -> {
          if (!name.equals("traceId")) {
            assertThat(problem.path(name)).as(name).isEqualTo(shown);
          }
        });
  }

  static Stream<Arguments> badRequests() {
    String sent = "{\"type\":\"AUTH\",\"userId\":\"u\",\"result\":\"FAIL\"}";
    String same =
        """
        {"type":"NOTIFY","id":"core-api.4711","timestamp":"2024-08-11T09:30:00Z","jobId":"j",
         "notificationType":"n","recipient":"r","status":"FAIL"}\
        """;
    return Stream.of(
        Arguments.of(ProblemType.UNREADABLE_BODY, posted("", JSON_TYPE, "{\"type\":\"AUTH\"")),
        Arguments.of(ProblemType.INVALID_PARAMETER, posted("?refresh=soon", JSON_TYPE, sent)),
        Arguments.of(ProblemType.INVALID_EVENT, posted("", JSON_TYPE, sent)),
        Arguments.of(ProblemType.EVENT_CONFLICT, posted("", JSON_TYPE, same)),
        Arguments.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, posted("", "text/plain", sent)),
        Arguments.of(ProblemType.TOO_LARGE, posted("", JSON_TYPE, " ".repeat(10_485_761))),
        Arguments.of(
            ProblemType.CROSS_ORIGIN, posted("", JSON_TYPE, sent).header("Origin", "http://x")),
        Arguments.of(ProblemType.EVENT_NOT_FOUND, at("/no-such-event")),
        Arguments.of(ProblemType.NOT_FOUND, at("/no/such/path")),
        Arguments.of(ProblemType.METHOD_NOT_ALLOWED, at("").PUT(BodyPublishers.ofString(sent))),
        Arguments.of(ProblemType.NOT_ACCEPTABLE, at("").header("Accept", "image/png")));
  }

  private static HttpRequest.Builder posted(String parameters, String type, String body) {
    return at(parameters).header("Content-Type", type).POST(BodyPublishers.ofString(body));
  }

  /** The service has no address before the test has begun. */
  private static HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost/api/v1/logs" + path));
  }

  private JsonNode problem(ProblemType type) {
    List<JsonNode> examples = new ArrayList<>();
    description()
        .at("/components/responses")
        .forEach(response ->
            response
                .at("/content/application~1problem+json/examples")
                .forEach(example -> examples.add(example.path("value"))));
    List<JsonNode> ofType =
        examples.stream().filter(it -> it.path("type").asString().equals(type.uri())).toList();
    assertThat(ofType).hasSize(1);
    return ofType.getFirst();
  }

  private JsonNode description() {
    return JSON.readTree(get(logs("").resolve("/v3/api-docs")).body());
  }
}
