package com.astrobookings.logs.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.security.SecuredServer;
import com.astrobookings.logs.security.TestKeys;
import com.astrobookings.logs.spool.DeadLetter;
import com.astrobookings.logs.spool.Spool;
import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.store.WriteOutcome.Rejected;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import com.astrobookings.logs.testing.Http;
import com.astrobookings.logs.web.Scope;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@SecuredServer
class DeadLettersTests {

  private static final String DEAD_LETTERS = "/api/v1/admin/dead-letters";
  private static final Duration LIMIT = Duration.ofSeconds(40);

  @Autowired private InMemoryEventStore store;
  @Autowired private Spool spool;
  @LocalServerPort private int port;

  @AfterEach
  void empty() {
    store.comeBack();
    await().atMost(LIMIT).until(() -> spool.state().total() == 0);
    for (DeadLetter letter : spool.deadLetters(0, true, 100, 1 << 20).block()) {
      spool.discard(letter.id()).block();
    }
    store.clear();
  }

  @Test
  void areListedWithReasonAndEvent() {
    rejected("a");

    JsonNode page = Http.json(get(DEAD_LETTERS, TestKeys.ALL));

    assertThat(page.at("/total/value").asInt()).isEqualTo(1);
    JsonNode letter = page.path("deadLetters").get(0);
    assertThat(letter.path("reason").asString()).isEqualTo("rejected");
    assertThat(letter.path("detail").asString()).isEqualTo("It cannot be stored.");
    assertThat(letter.at("/event/id").asString()).isEqualTo("a");
    assertThat(letter.at("/event/email").asString()).isEqualTo("jane@example.com");
    assertThat(letter.at("/event/receivedAt").asString()).isNotEmpty();
    assertThat(page.has("next")).isFalse();
  }

  @Test
  void showPersonalDataOnlyToThoseWhoMaySeeIt() {
    rejected("a");

    HttpResponse<String> masked = get(DEAD_LETTERS, TestKeys.of(Scope.ADMIN));

    assertThat(masked.statusCode()).isEqualTo(200);
    assertThat(masked.body())
        .contains("\"id\":\"a\"")
        .doesNotContain("jane@example.com", "192.0.2");
  }

  @Test
  void arePagedInBothOrders() {
    rejected("a", "b", "c");

    List<String> seen = new ArrayList<>();
    String page = DEAD_LETTERS + "?limit=2";
    while (page != null) {
      HttpResponse<String> answer = get(page, TestKeys.ALL);
      Http.json(answer)
          .path("deadLetters")
          .forEach(letter -> seen.add(letter.at("/event/id").asString()));
      page =
          answer
              .headers()
              .firstValue("Link")
              .map(link -> "/api/v1/admin/" + link.substring(1, link.indexOf('>')))
              .orElse(null);
    }
    JsonNode newest = Http.json(get(DEAD_LETTERS + "?limit=1&order=desc", TestKeys.ALL));

    assertThat(seen).containsExactly("a", "b", "c");
    assertThat(newest.at("/deadLetters/0/event/id").asString()).isEqualTo("c");
    String cursor = newest.path("next").asString();
    assertThat(get(DEAD_LETTERS + "?limit=1&order=desc&cursor=" + cursor, TestKeys.ALL).body())
        .contains("\"id\":\"b\"");
    assertThat(get(DEAD_LETTERS + "?cursor=" + cursor, TestKeys.ALL).statusCode()).isEqualTo(400);
    assertThat(get(DEAD_LETTERS + "?cursor=x&limit=0&order=up&q=", TestKeys.ALL).statusCode())
        .isEqualTo(400);
  }

  @Test
  void areStoredWhenTheyAreSentAgainAfterTheReasonIsGone() {
    rejected("a");
    String id = Long.toString(letters().getFirst().id());
    store.comeBack();

    HttpResponse<String> sent = send("POST", "/" + id + "/resend");

    assertThat(sent.statusCode()).isEqualTo(202);
    assertThat(Http.json(sent).path("status").asString()).isEqualTo("waiting");
    await().atMost(LIMIT).until(() -> store.events().size() == 1);
    assertThat(send("POST", "/" + id + "/resend").statusCode()).isEqualTo(404);
    assertThat(letters()).isEmpty();
  }

  @Test
  void stayWhereTheyAreWhileTheirIdWaits() {
    rejected("a");
    String id = Long.toString(letters().getFirst().id());
    store.comeBack();
    store.goDown("connection refused");
    assertThat(item(write("a"))).isEqualTo("spooled");

    assertThat(send("POST", "/" + id + "/resend").statusCode()).isEqualTo(409);
    assertThat(letters()).hasSize(1);
  }

  @Test
  void areGoneWhenTheyAreDiscarded() {
    rejected("a", "b");
    long id = letters().getFirst().id();

    assertThat(send("DELETE", "/" + id).statusCode()).isEqualTo(204);
    assertThat(send("DELETE", "/" + id).statusCode()).isEqualTo(404);
    assertThat(letters()).singleElement().returns("b", letter -> letter.entry().key());
    assertThat(send("DELETE", "/0").statusCode()).isEqualTo(404);
    assertThat(send("DELETE", "/x").statusCode()).isEqualTo(404);
    assertThat(send("POST", "/99999999999999999999/resend").statusCode()).isEqualTo(404);
  }

  @Test
  void readsTellHowManyEventsWait() {
    assertThat(depth(get("/api/v1/logs", TestKeys.ALL))).isEmpty();
    store.answer(new Unavailable(false, "closed"), event -> event.id().startsWith("w"));
    HttpResponse<String> written = write("w1", "w2");
    assertThat(written.statusCode()).isEqualTo(202);

    assertThat(depth(get("/api/v1/logs?limit=1", TestKeys.ALL))).containsExactly("2");
    assertThat(depth(get("/api/v1/logs/w1", TestKeys.ALL))).containsExactly("2");
    assertThat(depth(written)).isEmpty();
    assertThat(depth(get("/api/v1/logs?limit=1", TestKeys.WRONG))).isEmpty();
  }

  private static List<String> depth(HttpResponse<String> response) {
    return response.headers().allValues("X-Spool-Depth");
  }

  /** Spools events, which then turn out not to be storable. */
  private void rejected(String... ids) {
    store.goDown("connection refused");
    assertThat(write(ids).statusCode()).isEqualTo(202);
    store.comeBack();
    store.answer(new Rejected("It cannot be stored."), event -> List.of(ids).contains(event.id()));
    await().atMost(LIMIT).until(() -> letters().size() == ids.length);
  }

  private List<DeadLetter> letters() {
    return spool.deadLetters(0, true, 100, 1 << 20).block();
  }

  private static String item(HttpResponse<String> response) {
    return Http.json(response).at("/items/0/status").asString();
  }

  private HttpResponse<String> write(String... ids) {
    StringBuilder lines = new StringBuilder();
    for (String id : ids) {
      lines.append(
          """
          {"type":"AUTH","id":"%s","timestamp":"2024-08-11T10:00:00Z","email":"jane@example.com",\
          "ipAddress":"192.0.2.7","result":"FAIL"}
          """
              .formatted(id));
    }
    URI logs = URI.create("http://127.0.0.1:" + port + "/api/v1/logs");
    return Http.send(
        Http.posting(logs, "application/x-ndjson", lines.toString())
            .header("Authorization", "Bearer " + TestKeys.ALL));
  }

  private HttpResponse<String> get(String path, String key) {
    return Http.send(request(path, key));
  }

  private HttpResponse<String> send(String method, String path) {
    return Http.send(
        request(DEAD_LETTERS + path, TestKeys.of(Scope.ADMIN))
            .method(method, BodyPublishers.noBody()));
  }

  private HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + key);
  }
}
