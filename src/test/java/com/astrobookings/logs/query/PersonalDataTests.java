package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.StoredEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

/** What those may read who may not see personal data. */
class PersonalDataTests extends ReadingFixture {

  private static final List<String> PERSONAL = List.of("email", "userId", "recipient", "ipAddress");

  @Test
  void leavesPersonalDataOutOfAnswers() {
    write(events.within(NOW, 60).toArray(StoredEvent[]::new));
    write(events.next(EventType.AUTH, "a-1", NOW), events.next(EventType.NOTIFY, "n-1", NOW));
    JsonNode page = read(LOGS);
    assertThat(page.path("logs").size()).isEqualTo(62);
    page.path("logs").forEach(PersonalDataTests::assertNothingPersonal);
    assertNothingPersonal(read(LOGS + "/a-1"));
    assertNothingPersonal(read(LOGS + "/n-1"));
    assertThat(read(LOGS + "/a-1").path("result").isMissingNode()).isFalse();
    assertThat(get(URI.create(LOGS + "/a-1")).path("ipAddress").isMissingNode()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "userId=u",
        "email=a@b.c",
        "ipAddress=10.0.0.0/8",
        "recipient=x",
        "q=words",
        "q=user.id: u",
        "q=not user.email: *",
        "q=user.*: u",
        "q=event.code: AUTH or (not source.ip: 10.0.0.0/8)",
        "q=notification.recipient: x",
        "q=message: x",
        "q=error.message: x",
        "q=error.message.keyword: x",
        "q=error.stack_trace.words: x",
        "q=error.*: x",
      })
  void doesNotSearchByPersonalData(String question) {
    without(LOGS + "?" + UriUtils.encodeQuery(question, StandardCharsets.UTF_8))
        .expectStatus()
        .isForbidden()
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.scope")
        .isEqualTo("logs:pii");
  }

  @Test
  void doesNotSearchByPersonalDataInABody() {
    client
        .post()
        .uri(LOGS + "/search")
        .header(WITHOUT_PII, "yes")
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue("{\"userId\": \"u\"}")
        .exchange()
        .expectStatus()
        .isEqualTo(HttpStatus.FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"outcome=FAIL", "errorCode=E1", "label.team=x", "type=AUTH", "source=x"})
  void searchesByEverythingElse(String question) {
    without(LOGS + "?" + question).expectStatus().isOk();
  }

  private static void assertNothingPersonal(JsonNode event) {
    assertThat(event.path("id").isMissingNode()).isFalse();
    PERSONAL.forEach(name -> assertThat(event.has(name)).as("%s: %s", name, event).isFalse());
  }

  private JsonNode read(String path) {
    return JSON.readTree(
        without(path).expectStatus().isOk().expectBody().returnResult().getResponseBody());
  }

  private WebTestClient.ResponseSpec without(String path) {
    return client.get().uri(URI.create(path)).header(WITHOUT_PII, "yes").exchange();
  }
}
