package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.StoredEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/**
 * Everything that can be wrong with the parameters of a read: each is answered with its place and
 * what to do, and never with an event or a failure of the service. What can be wrong with free text
 * is in {@code KqlQueryTests}.
 */
class InvalidQueryTests extends ReadingFixture {

  @BeforeEach
  void writeWhatMustNotBeShown() {
    write(events.within(NOW, 3).toArray(StoredEvent[]::new));
  }

  @ParameterizedTest
  @InvalidQueries
  void isRefusedWithItsPlace(String parameters, String parameter, String message) {
    client
        .get()
        .uri(new InvalidQuery(parameters).uri(LOGS))
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody(String.class)
        .value(body -> assertThat(body).hasSizeLessThan(InvalidQuery.LONGEST_ANSWER))
        .value(body -> {
          JsonNode problem = JSON.readTree(body);
          assertThat(problem.path("type").asString()).isEqualTo(InvalidQuery.TYPE);
          assertThat(problem.has("logs")).isFalse();
          assertThat(problem.path("errors").size()).isEqualTo(1);
          assertThat(problem.at("/errors/0/parameter").asString()).isEqualTo(parameter);
          assertThat(problem.at("/errors/0/message").asString())
              .isEqualTo(InvalidQuery.text(message));
        });
  }
}
