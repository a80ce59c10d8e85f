package com.astrobookings.logs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.ingest.InputTable.EventRow;
import com.astrobookings.logs.local.OnElasticsearch;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.memory.Memories;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every rule at its edge and beyond, against a real Elasticsearch. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnElasticsearch
class InputIT {

  private static final YearMonth MONTH = YearMonth.of(2019, 3);

  private static final List<String> JARGON =
      List.of("Exception", "java.", "jackson", "springframework", "netty", "elastic", "_bulk");

  private final String run = UUID.randomUUID().toString();

  @LocalServerPort private int port;
  @Autowired private EventStore store;
  private Producing http;

  @BeforeEach
  void connect() {
    http = new Producing(port);
  }

  @TestFactory
  Stream<DynamicTest> anEventAtTheEdgeOfARuleIsStoredAndReadAsItWasSent() {
    return rows(
        "edges.yaml",
        (row, id) -> {
          String sent = row.json(id);
          HttpResponse<String> answer = http.json(sent);

          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
          assertThat(Producing.tree(answer).at("/failed").asInt()).isZero();
          ObjectNode expected = row.read(sent);
          JsonNode item = Producing.tree(answer).at("/items/0");
          assertThat(item.path("timestamp")).isEqualTo(expected.path("timestamp"));
          isReadAs(expected, http.send(http.request("/" + item.path("id").asString()).build()));
          isReadAs(expected, http.located(answer));
        });
  }

  private static void isReadAs(ObjectNode expected, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    ObjectNode read = (ObjectNode) InputTable.EXACT.readTree(answer.body());
    assertThat(Instant.parse(read.remove("receivedAt").asString())).isBefore(Instant.now());
    assertThat(read.propertyNames()).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
    expected.forEachEntry((name, value) -> {
      if (value.isNumber()) {
        assertThat(read.get(name).decimalValue())
            .as(name)
            .isEqualByComparingTo(value.decimalValue());
      } else {
        assertThat(read.get(name)).as(name).isEqualTo(value);
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> anEventBeyondARuleIsRefusedWithEveryViolation() {
    return rows(
        "violations.yaml",
        (row, id) -> {
          HttpResponse<String> answer = http.json(row.json(id));

          JsonNode problem = problem(answer, 422, "invalid-event");
          assertThat(faults(problem.at("/errors")))
              .containsExactlyInAnyOrderElementsOf(row.faults());
          row.says().forEach(said -> assertThat(problem.at("/errors").toString()).contains(said));
          assertThat(problem.at("/items/0/errors")).isEqualTo(problem.at("/errors"));
          assertThat(problem.at("/invalid").asInt()).isEqualTo(1);
          assertThat(stored(id)).isNull();
        });
  }

  @TestFactory
  Stream<DynamicTest> itsNeighboursInABatchAreStored() {
    return rows(
        "violations.yaml",
        (row, id) -> {
          String good = InputTable.valid(row.type(), id + "-good");
          HttpResponse<String> answer =
              id.hashCode() % 2 == 0
                  ? http.json("[" + row.json(id) + "," + good + "," + row.json(id) + "]")
                  : http.lines(row.json(id) + "\n" + good + "\n" + row.json(id));

          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(207);
          JsonNode receipt = Producing.tree(answer);
          assertThat(receipt.at("/items/1/status").asString()).isEqualTo("stored");
          assertThat(receipt.at("/stored").asInt()).isEqualTo(1);
          assertThat(receipt.at("/invalid").asInt()).isEqualTo(2);
          for (int bad : new int[] {0, 2}) {
            assertThat(faults(receipt.at("/items/" + bad + "/errors")))
                .containsExactlyInAnyOrderElementsOf(row.faults());
          }
          assertThat(stored(id)).isNull();
          assertThat(stored(id + "-good")).isNotNull();
        });
  }

  @TestFactory
  Stream<DynamicTest> aBadRequestIsRefusedAsAWhole() {
    return RefusedRequest.all()
        .map(row ->
            DynamicTest.dynamicTest(
                row.toString(),
                () -> {
                  HttpResponse<String> answer = http.send(row.request(port));

                  problem(answer, row.status(), row.problem());
                  assertThat(answer.body()).contains(row.says());
                  row.answers()
                      .forEach((name, value) ->
                          assertThat(answer.headers().firstValue(name)).contains(value));
                  assertThat(stored("refused")).isNull();
                }));
  }

  @Test
  void theTablesAreLong() {
    assertThat(InputTable.events("violations.yaml").size() + RefusedRequest.all().count())
        .isGreaterThanOrEqualTo(200);
  }

  private interface Trial {
    void of(EventRow row, String id) throws Exception;
  }

  private Stream<DynamicTest> rows(String file, Trial trial) {
    List<EventRow> rows = InputTable.events(file);
    return IntStream.range(0, rows.size())
        .mapToObj(i ->
            DynamicTest.dynamicTest(
                rows.get(i).toString(), () -> trial.of(rows.get(i), run + "-" + i)));
  }

  private static JsonNode problem(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = Producing.tree(answer);
    assertThat(problem.at("/type").asString()).isEqualTo("urn:astrobookings:logs:problem:" + type);
    assertThat(problem.at("/status").asInt()).isEqualTo(status);
    assertThat(problem.at("/title").asString()).isNotBlank();
    assertThat(problem.at("/detail").asString()).endsWith(".");
    assertThat(problem.at("/traceId").asString())
        .isEqualTo(answer.headers().firstValue("X-Trace-Id").orElseThrow());
    assertThat(answer.body()).doesNotContain(JARGON);
    return problem;
  }

  private static List<String> faults(JsonNode errors) {
    List<String> faults = new ArrayList<>();
    errors.forEach(
        error -> faults.add(error.at("/pointer").asString() + " " + error.at("/rule").asString()));
    return faults;
  }

  private StoredEvent stored(String id) {
    return store.find(id, MONTH, Memories.share()).block();
  }
}
