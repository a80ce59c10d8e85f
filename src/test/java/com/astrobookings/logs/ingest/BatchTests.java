package com.astrobookings.logs.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.web.body.MemoryBudget;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@IngestServer
class BatchTests {

  private static final List<String> STATUSES =
      List.of("stored", "duplicate", "spooled", "conflict", "invalid", "rejected", "refused");

  @LocalServerPort private int port;
  @Autowired private InMemoryEventStore store;
  @Autowired private MemoryBudget budget;
  private Producing http;

  @BeforeEach
  void connect() {
    http = new Producing(port);
  }

  @AfterEach
  void empty() {
    store.comeBack();
    store.clear();
    await().until(() -> budget.taken() == 0);
  }

  @Test
  void storesAllAndSaysSoInTheOrderOfTheRequest() {
    HttpResponse<String> answer = http.json("[" + events(0, 100, ",") + "]");

    JsonNode receipt = receipt(answer, 200);
    assertThat(ids(receipt)).isEqualTo(IntStream.range(0, 100).mapToObj(i -> "e-" + i).toList());
    assertThat(receipt.at("/items/7/index").asInt()).isEqualTo(7);
    assertThat(store.events()).hasSize(100);
  }

  @Test
  void takesLinesAndCompressedBodies() {
    receipt(http.lines(events(0, 50, "\n")), 200);
    receipt(http.post("application/x-ndjson", "gzip", gzip(events(50, 100, "\n")), ""), 200);
    receipt(
        http.post("application/json", "x-gzip", gzip("[" + events(100, 150, ",") + "]"), ""), 200);

    assertThat(store.events()).hasSize(150);
  }

  @Test
  void answersEveryEventOfAMixedBatch() {
    http.json(event("known", "x"));
    http.json(event("other", "x"));

    JsonNode receipt =
        receipt(
            http.lines(
                String.join(
                    "\n",
                    event("new", "x"),
                    event("known", "x"),
                    "{\"type\":",
                    event("other", "changed"),
                    event("bad/id", "x"),
                    event("new", "x"),
                    event("new", "changed"))),
            207);

    assertThat(statuses(receipt))
        .containsExactly(
            "stored", "duplicate", "invalid", "conflict", "invalid", "duplicate", "conflict");
    assertThat(receipt.at("/items/2/errors/0/rule").asString()).isEqualTo("syntax");
    assertThat(receipt.at("/items/2/id").isMissingNode()).isTrue();
    assertThat(receipt.at("/items/3/message").asString()).contains("same id");
    assertThat(receipt.at("/items/4/errors/0/pointer").asString()).isEqualTo("/id");
    assertThat(receipt.at("/items/4/timestamp").asString()).isEqualTo("2024-08-11T09:30:00Z");
    assertThat(store.events()).hasSize(3);
  }

  @Test
  void listsOnlyWhatFailedWhenAskedTo() {
    String lines = String.join("\n", event("a", "x"), "nonsense", event("b", "x"));

    JsonNode receipt =
        receipt(
            http.post("application/x-ndjson", "", lines.getBytes(UTF_8), "?verbose=false"), 207);

    assertThat(receipt.at("/received").asInt()).isEqualTo(3);
    assertThat(receipt.at("/items")).hasSize(1);
    assertThat(receipt.at("/items/0/index").asInt()).isEqualTo(1);
  }

  @Test
  void isAProblemWithAReceiptWhenNothingIsValid() {
    HttpResponse<String> answer = http.lines("nonsense\n{}\n5");

    JsonNode problem = receipt(answer, 422);
    assertThat(problem.at("/type").asString()).endsWith(":invalid-event");
    assertThat(problem.at("/errors").isMissingNode()).isTrue();
    assertThat(statuses(problem)).containsExactly("invalid", "invalid", "invalid");
  }

  @Test
  void isAProblemWithAReceiptWhenTheStoreIsAway() {
    store.goDown("away");

    HttpResponse<String> answer =
        http.lines("{\"type\":\"ERROR\",\"errorCode\":\"E\",\"errorMessage\":\"m\"}\n".repeat(2));

    JsonNode problem = receipt(answer, 503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    assertThat(statuses(problem)).containsExactly("refused", "refused");
    assertThat(ids(problem)).doesNotHaveDuplicates().hasSize(2);
    assertThat(problem.at("/items/0/timestamp").asString()).isNotEmpty();
  }

  @Test
  void saysWhenToComeBackWhenSomeWereRefused() {
    store.beOverloaded("full");

    HttpResponse<String> answer = http.lines(event("a", "x") + "\nnonsense");

    receipt(answer, 207);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[%s,]", "[%s", "[%s] x", "[%s}]"})
  void storesNothingOfABrokenArray(String frame) {
    HttpResponse<String> answer = http.json(frame.formatted(events(0, 10, ",")));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("unreadable-body", "line 1, column");
    assertThat(store.events()).isEmpty();
  }

  @Test
  void storesNothingOfAnIncompleteFile() {
    byte[] file = gzip(events(0, 10, "\n"));

    HttpResponse<String> answer =
        http.post("application/x-ndjson", "gzip", Arrays.copyOf(file, file.length - 1), "");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(store.events()).isEmpty();
  }

  @Test
  void boundsTheAnswerToABodyThatIsNothingButViolations() {
    String members =
        IntStream.range(0, 100).mapToObj(i -> "\"a" + i + "\":1").collect(Collectors.joining(","));

    HttpResponse<String> answer = http.lines(("{" + members + "}\n").repeat(10_000));

    JsonNode problem = receipt(answer, 422);
    assertThat(problem.at("/items")).hasSize(10_000);
    assertThat(problem.at("/items/9999/errors/1/message").asString()).contains("more violations");
    assertThat(answer.body().length()).isLessThan(7_000_000);
  }

  private JsonNode receipt(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains(status < 400 ? "application/json" : "application/problem+json");
    JsonNode receipt = Producing.tree(answer);
    int sum = STATUSES.stream().mapToInt(name -> receipt.at("/" + name).asInt()).sum();
    assertThat(receipt.at("/received").asInt()).isEqualTo(sum);
    int failed =
        STATUSES.subList(3, 7).stream().mapToInt(name -> receipt.at("/" + name).asInt()).sum();
    assertThat(receipt.at("/failed").asInt()).isEqualTo(failed);
    return receipt;
  }

  private static List<String> statuses(JsonNode receipt) {
    List<String> statuses = new ArrayList<>();
    receipt.at("/items").forEach(item -> statuses.add(item.at("/status").asString()));
    return statuses;
  }

  private static List<String> ids(JsonNode receipt) {
    List<String> ids = new ArrayList<>();
    receipt.at("/items").forEach(item -> ids.add(item.at("/id").asString()));
    return ids;
  }

  private static String events(int from, int to, String separator) {
    return IntStream.range(from, to)
        .mapToObj(i -> event("e-" + i, "x"))
        .collect(Collectors.joining(separator));
  }

  private static String event(String id, String message) {
    return """
    {"type":"ERROR","id":"%s","timestamp":"2024-08-11T09:30:00Z",\
    "errorCode":"E","errorMessage":"%s"}\
    """
        .formatted(id, message);
  }

  private static byte[] gzip(String text) {
    return Producing.gzip(text.getBytes(UTF_8));
  }
}
