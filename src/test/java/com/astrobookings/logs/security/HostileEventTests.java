package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.security.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Bodies that say two things, and ids that look like what they are not. */
@SecuredServer
class HostileEventTests {

  private static final String TWICE = "is stated twice; state it once";

  @LocalServerPort private int port;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"errorMessage\":\"two\" | /errorMessage | " + TWICE,
        "\"error\\u004dessage\":\"two\" | /errorMessage | " + TWICE,
        "\"type\":\"AUTH\" | /type | " + TWICE,
        "\"id\":\"b\" | /id | " + TWICE,
        "\"timestamp\":\"2024-08-12T09:30:00Z\" | /timestamp | " + TWICE,
        "\"labels\":{\"a\":\"1\",\"a\":\"2\"} | /labels/a | is stated twice"
      })
  void aMemberStatedTwiceIsAFault(String again, String pointer, String message) throws Exception {
    Answer answer = post("/api/v1/logs", event("a", again));

    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("invalid-event");
    assertThat(answer.body())
        .contains(
            "\"errors\":[{\"pointer\":\"%s\",\"rule\":\"repeated\",\"message\":\"%s\"}]"
                .formatted(pointer, message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"ERROR\",\"type\":\"AUTH\"} | /type",
        "{\"order\":\"asc\",\"order\":[\"desc\"]} | /order",
        "{\"errorCode\":null,\"error\\u0043ode\":\"E\"} | /errorCode"
      })
  void aQuestionStatedTwiceIsAFault(String question, String pointer) throws Exception {
    Answer answer = post("/api/v1/logs/search", question);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("invalid-parameter");
    assertThat(answer.body())
        .contains("\"errors\":[{\"pointer\":\"%s\",\"message\":\"%s\"}]".formatted(pointer, TWICE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\\r\\nX-Injected: 1",
        "\\uff41\\uff42",
        "a\\u202eb",
        "a\\u200bb",
        "a\\u0430",
        "\\ufeffa",
        "e\\u0301",
        "a\\u0000b",
        "../x",
        "a b",
        "\\ud83d",
        "<b>"
      })
  void anIdHasPlainCharactersOnly(String id) throws Exception {
    Answer answer = post("/api/v1/logs", event(id, "\"source\":\"s\""));

    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("invalid-event");
    assertThat(answer.body())
        .contains(
            "\"errors\":[{\"pointer\":\"/id\",\"rule\":\"format\",\"message\":\"must be 1 to 128 of"
                + " A-Z a-z 0-9 . _ : - and begin with a letter or a digit\"}]");
    assertThat(answer.header("X-Injected")).isEmpty();
    assertThat(answer.header("Location")).isEmpty();
  }

  private static String event(String id, String more) {
    return """
    {"type":"ERROR","id":"%s","timestamp":"2024-08-11T09:30:00Z",\
    "errorCode":"E","errorMessage":"one",%s}\
    """
        .formatted(id, more);
  }

  private Answer post(String path, String body) throws Exception {
    return RawHttp.send(
        port,
        "POST " + path + " HTTP/1.1",
        "Host: localhost",
        "Authorization: Bearer " + TestKeys.ALL,
        "Content-Type: application/json",
        "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length,
        "",
        body);
  }
}
