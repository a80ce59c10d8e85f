package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.testing.Http;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import tools.jackson.databind.JsonNode;

/**
 * The table of {@link InvalidQueryTests}, asked of the service as it runs, in both ways of asking.
 */
class InvalidQueryIT extends RunningService {

  /** What the clock of the other test shows. */
  private static final String NOW = "2024-08-12T10:00:00Z";

  @ParameterizedTest
  @InvalidQueries
  void isRefusedWhenAskedInTheUrl(String parameters, String parameter, String message) {
    JsonNode problem = problem(get(new InvalidQuery(parameters).uri(logs("").toString())));

    assertThat(problem.at("/errors/0/parameter").asString()).isEqualTo(parameter);
    assertThat(problem.at("/errors/0/message").asString()).satisfies(said -> saysSo(said, message));
  }

  @ParameterizedTest
  @InvalidQueries
  void isRefusedWhenAskedInABody(String parameters, String parameter, String message) {
    new InvalidQuery(parameters)
        .body()
        .ifPresent(body -> {
          JsonNode problem = problem(search(body));

          assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/" + parameter);
          assertThat(problem.at("/errors/0/message").asString())
              .satisfies(said -> saysSo(said, message));
        });
  }

  private static void saysSo(String said, String message) {
    if (message.contains(NOW)) {
      assertThat(said).startsWith(message.substring(0, message.indexOf(NOW)));
    } else {
      assertThat(said).isEqualTo(InvalidQuery.text(message));
    }
  }

  private HttpResponse<String> search(String body) {
    return Http.post(logs("/search"), "application/json", body);
  }

  private static JsonNode problem(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).hasSizeLessThan(InvalidQuery.LONGEST_ANSWER);
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.path("type").asString()).isEqualTo(InvalidQuery.TYPE);
    assertThat(problem.path("status").asInt()).isEqualTo(400);
    assertThat(problem.has("logs")).isFalse();
    assertThat(problem.path("errors").size()).as(answer.body()).isEqualTo(1);
    return problem;
  }
}
