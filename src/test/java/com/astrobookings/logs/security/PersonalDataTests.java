package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.Field;
import com.astrobookings.logs.security.RawHttp.Answer;
import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.store.kql.KqlQuery;
import com.astrobookings.logs.web.Scope;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What somebody can see and ask with and without the scope for personal data. */
@SecuredServer
class PersonalDataTests {

  private static final String READER = TestKeys.of(Scope.READ);
  private static final String DAY = "from=2024-08-11&to=2024-08-11&";

  /** A value that a filter of that name can have. */
  private static final Map<String, String> FILTERS =
      Map.of(
          "userId", "marker-user",
          "email", "marker-mail@example.com",
          "ipAddress", "192.0.2.0/24",
          "recipient", "marker-recipient@example.com");

  @LocalServerPort private int port;
  @Autowired private InMemoryEventStore store;

  @BeforeEach
  void write() throws Exception {
    store.clear();
    String events =
        """
        [{"type":"AUTH","id":"p-1","timestamp":"2024-08-11T09:30:00Z","userId":"marker-user",\
        "email":"marker-mail@example.com","ipAddress":"192.0.2.123","result":"FAIL"},\
        {"type":"NOTIFY","id":"p-2","timestamp":"2024-08-11T09:30:00Z","jobId":"j",\
        "notificationType":"n","recipient":"marker-recipient@example.com","status":"FAIL"}]\
        """;
    assertThat(post("/api/v1/logs", TestKeys.ALL, events).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/logs?" + DAY, "/api/v1/logs/p-1", "/api/v1/logs/p-2"})
  void isLeftOutOfAnswers(String path) throws Exception {
    Answer answer = get(path, READER);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("\"id\":\"p-")
        .doesNotContain("marker", "192.0.2", "userId", "email", "ipAddress", "recipient");
    assertThat(get(path, TestKeys.ALL).text()).contains("marker");
  }

  @Test
  void isLeftOutOfAnswersToASearchInABody() throws Exception {
    String question = "{\"type\":\"AUTH\"}";

    Answer answer = post("/api/v1/logs/search", READER, question);

    assertThat(answer.text()).contains("p-1").doesNotContain("marker");
    assertThat(post("/api/v1/logs/search", TestKeys.ALL, question).text()).contains("marker");
  }

  @TestFactory
  Stream<DynamicTest> cannotBeAskedForByAFilter() {
    return EventSchema.fields().values().stream()
        .filter(Field::personal)
        .map(Field::name)
        .flatMap(name ->
            Stream.of(
                test("filter " + name, DAY + name + "=" + encoded(FILTERS.get(name))),
                test("field " + name, "q=" + encoded(path(name) + ": *"))));
  }

  @TestFactory
  Stream<DynamicTest> cannotBeAskedForInFreeText() {
    return Stream.concat(
            KqlQuery.FREE_TEXT.stream().map(field -> field + ": marker"),
            Stream.of(
                "marker",
                "\"marker user\"",
                "not marker",
                "user.*: marker-user",
                "error.message.words: marker",
                "error.stack_trace.words: marker",
                "event.code: AUTH and not (user.id: marker-user)",
                "event.code: AUTH or marker"))
        .map(q -> test(q, "q=" + encoded(q)));
  }

  private DynamicTest test(String name, String question) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          Answer answer = get("/api/v1/logs?" + question, READER);
          assertThat(answer.status()).as(answer.text()).isEqualTo(403);
          assertThat(answer.header("WWW-Authenticate"))
              .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"logs:pii\"");
          assertThat(answer.text()).contains("problem:forbidden", "\"scope\":\"logs:pii\"");
          assertThat(get("/api/v1/logs?" + question, TestKeys.ALL).text())
              .as("with the scope")
              .doesNotContain("problem:forbidden", "problem:invalid-parameter");
        });
  }

  @Test
  void isNoReasonToRefuseOtherQuestions() throws Exception {
    String aboutOthers = "q=" + encoded("event.code: AUTH and error.code: E");
    for (String question : List.of("outcome=FAIL", "jobId=j", aboutOthers)) {
      assertThat(get("/api/v1/logs?" + question, READER).text())
          .as(question)
          .doesNotContain("problem:forbidden", "problem:invalid-parameter");
    }
  }

  private static String path(String name) {
    return EventSchema.fields().get(name).path();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Answer get(String path, String key) throws Exception {
    return RawHttp.send(
        port, "GET " + path + " HTTP/1.1", "Host: localhost", "Authorization: Bearer " + key);
  }

  private Answer post(String path, String key, String body) throws Exception {
    return RawHttp.send(
        port,
        "POST " + path + " HTTP/1.1",
        "Host: localhost",
        "Authorization: Bearer " + key,
        "Content-Type: application/json",
        "Content-Length: " + body.length(),
        "",
        body);
  }
}
