package com.astrobookings.logs.query;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Questions as bodies. */
class SearchTests extends ReadingFixture {

  @Test
  void answersLikeAListWithTheSameParameters() {
    write(events.within(NOW, 40).toArray(StoredEvent[]::new));
    JsonNode listed =
        get(
            URI.create(
                LOGS + "?from=2024-08-12&tz=Europe/Madrid&type=AUTH,NOTIFY&outcome=FAIL&limit=3"));
    JsonNode found =
        JSON.readTree(
            search(
                    """
                    {"from": "2024-08-12", "to": null, "tz": "Europe/Madrid",
                     "type": ["AUTH", "NOTIFY"], "outcome": "FAIL", "limit": 3}
                    """)
                .expectStatus()
                .isOk()
                .expectHeader()
                .doesNotExist(HttpHeaders.LINK)
                .expectBody()
                .returnResult()
                .getResponseBody());
    assertThat(found.path("logs").size()).isEqualTo(3);
    assertThat(found.path("logs")).isEqualTo(listed.path("logs"));
    assertThat(found.path("from")).isEqualTo(listed.path("from"));
    assertThat(found.path("next").asString()).isNotEmpty();
  }

  @Test
  void continuesWhereTheCursorSays() {
    write(events.within(NOW, 25).toArray(StoredEvent[]::new));
    List<String> ids = new ArrayList<>();
    String cursor = "null";
    while (cursor != null) {
      JsonNode page =
          JSON.readTree(
              search("{\"type\":[\"ERROR\",\"AUTH\"],\"limit\":4,\"cursor\":%s}".formatted(cursor))
                  .expectBody()
                  .returnResult()
                  .getResponseBody());
      page.path("logs").forEach(event -> ids.add(event.path("id").asString()));
      cursor = page.has("next") ? page.path("next").toString() : null;
    }
    EventQuery query =
        new EventQuery(null, null, Set.of(EventType.AUTH, EventType.ERROR), Order.ASC);
    assertThat(ids)
        .isEqualTo(store.matching(query).stream().map(stored -> stored.event().id()).toList());
  }

  @Test
  void takesACursorOfAList() {
    write(events.within(NOW, 9).toArray(StoredEvent[]::new));
    String next = get(URI.create(LOGS + "?limit=5&order=desc")).path("next").asString();
    search("{\"order\":\"desc\",\"cursor\":\"%s\"}".formatted(next))
        .expectBody()
        .jsonPath("$.logs.length()")
        .isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"limit\": 0}                    | /limit  | must be an integer from 1 to 1000",
        "{\"limit\": 1.5}                  | /limit  | must be an integer from 1 to 1000",
        "{\"limit\": {\"max\": 5}}         | /limit  | must be a text, a number or a list of them",
        "{\"type\": [[\"AUTH\"]]}          | /type   | must be a text, a number or a list of them",
        "{\"userId\": 5}                 | /userId | must be a text; put it in quotes",
        "{\"userId\": [\"a\", 5, true]}   | /userId | must be a text; put it in quotes",
        "{\"limit\": true}               | /limit  | must be a text or a number",
        "{\"label.x\": false}            | /label.x | must be a text; put it in quotes",
        "{\"size\": 5}                   | /size   | is not a parameter here; here it is limit",
        "{\"filter\": {\"a\": 1}}         | /filter | is not a parameter here",
        "{\"type\": [\"LOGIN\"]}           | /type   | is not one of AUTH, ERROR, RECONCILE, NOTIFY",
        "{\"order\": [\"asc\", \"desc\"]}  | /order  | is stated 2 times; state it once",
        "{\"order\": \"asc\", \"order\": \"asc\"} | /order | is stated twice; state it once",
        "{\"order\": true}                 | /order  | must be a text; put it in quotes",
        "{\"from\": \"\"}                  | /from   | is empty; give it a value or leave it out",
        "{\"frm\": \"now\"}                | /frm    | is not a parameter here; did you mean from?",
        "{\"a/b~c\": 1}                    | /a~1b~0c | is not a parameter here",
        "{\"q\": \"a and\"}                | /q      | at character 6: a field or a word is missing at the end",
      })
  void namesWhatIsWrongByItsPointer(String body, String pointer, String message) {
    search(body)
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("urn:astrobookings:logs:problem:invalid-parameter")
        .jsonPath("$.errors.length()")
        .isEqualTo(1)
        .jsonPath("$.errors[0].pointer")
        .isEqualTo(pointer)
        .jsonPath("$.errors[0].message")
        .isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``           | The body is empty; it must be a JSON object, {} selects everything.",
        "[]           | The body is a JSON object whose members are the parameters.",
        "\"q\"        | The body is a JSON object whose members are the parameters.",
        "{} {}        | The body is not JSON at line 1, column 4: { does not belong here. Nothing was read.",
        "{\"q\": }    | The body is not JSON at line 1, column 7: } does not belong here. Nothing was read.",
        "{\"q\"       | The body is not JSON at line 1, column 5: the text ends in the middle of a value. Nothing was read.",
        "{'q': 1}     | The body is not JSON at line 1, column 2: ' does not belong here; JSON has strings in double quotes only. Nothing was read.",
      })
  void refusesWhatIsNoQuestion(String body, String detail) {
    search(body)
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("urn:astrobookings:logs:problem:unreadable-body")
        .jsonPath("$.detail")
        .isEqualTo(detail);
  }

  @Test
  void refusesWhatIsNestedTooDeepOrNotUtf8() {
    refuses(
        ("{\"x\":" + "[".repeat(501)).getBytes(UTF_8),
        "The body is not JSON at line 1, column 506: values are nested too deep. Nothing was read.");
    refuses(
        "{\n\"q\": \"\u00ff\"}".getBytes(ISO_8859_1),
        "The body is not JSON at line 2, column 7: the bytes are not UTF-8. Nothing was read.");
    refuses(
        "{}".getBytes(UTF_16LE),
        "The body is not JSON at line 1, column 2: a zero byte is not part of JSON; send UTF-8,"
            + " not UTF-16. Nothing was read.");
  }

  @Test
  void takesAByteOrderMark() {
    search("\uFEFF{}".getBytes(UTF_8)).expectStatus().isOk();
  }

  private void refuses(byte[] body, String detail) {
    search(body).expectStatus().isBadRequest().expectBody().jsonPath("$.detail").isEqualTo(detail);
  }

  @Test
  void refusesOtherFormatsAndQuestionsInBothPlaces() {
    client
        .post()
        .uri(LOGS + "/search")
        .contentType(MediaType.TEXT_PLAIN)
        .bodyValue("{}")
        .exchange()
        .expectStatus()
        .isEqualTo(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
    client
        .post()
        .uri(LOGS + "/search?limit=5")
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue("{}")
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.errors[0].parameter")
        .isEqualTo("limit");
    search("{\"q\": \"" + "x".repeat(70_000) + "\"}")
        .expectStatus()
        .isEqualTo(HttpStatus.CONTENT_TOO_LARGE)
        .expectBody()
        .jsonPath("$.detail")
        .isEqualTo("A search body has at most 65,536 bytes.");
  }

  private WebTestClient.ResponseSpec search(String body) {
    return search(body.getBytes(UTF_8));
  }

  private WebTestClient.ResponseSpec search(byte[] body) {
    return client
        .post()
        .uri(LOGS + "/search")
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(body)
        .exchange();
  }
}
