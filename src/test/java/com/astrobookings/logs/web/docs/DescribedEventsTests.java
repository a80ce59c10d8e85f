package com.astrobookings.logs.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.security.SecuredServer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The schema of events against the service: what one accepts, the other accepts, too. */
@SpringBootTest(
    classes = SecuredServer.Rooms.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "management.endpoint.health.validate-group-membership=false")
class DescribedEventsTests {

  /** Values of every type, and those on both sides of each bound. */
  private static final List<String> VALUES =
      List.of(
          "true",
          "{}",
          "[]",
          "0",
          "-1",
          "12.0",
          "0.5",
          "1e9",
          "1000000000.5",
          "9223372036854775807",
          "9223372036854775808",
          text(0),
          "\" \"",
          text(1),
          text(128),
          text(129),
          text(8_192),
          text(8_193),
          text(65_536),
          text(65_537),
          "\"-x\"",
          "\"x y\"",
          "\"export\"",
          "\"tail\"",
          "\"stats\"",
          "\"search\"",
          "\"context\"",
          "\"SUCCESS\"",
          "\"FAIL\"",
          "\"fail\"",
          "\"192.0.2.7\"",
          "\"2001:db8::7\"",
          "\"192.0.2.256\"",
          "\"192.0.2.0/24\"",
          "\"2024-08-11T09:30:00Z\"",
          "\"2024-08-11T09:30:00.123456789+02:00\"",
          "\"2024-08-11 09:30:00\"",
          "\"2024-08-11 09:30:00.5\"",
          "\"2024-08-11T09:30:00\"",
          "\"2024-08-11\"",
          labels(32, 1_024),
          labels(33, 1),
          labels(1, 1_025),
          "{\"A\":\"upper case\"}",
          "{\"a\":1}",
          "{\"%s\":\"long key\"}".formatted("k".repeat(64)),
          "{\"%s\":\"longer key\"}".formatted("k".repeat(65)));

  @LocalServerPort private int port;

  @ParameterizedTest
  @ValueSource(strings = {"auth", "error", "reconcile", "notify"})
  void agreesWithTheService(String type) {
    ArrayNode events = OpenApi.JSON.createArrayNode();
    variations(ApiConformanceTests.example(type)).forEach(events::add);
    List<String> valid = new ArrayList<>();
    events.forEach(event -> valid.add(verdict(OpenApi.errors("Event", event).isEmpty(), event)));
    JsonNode receipt =
        new ApiClient(port).post("/api/v1/logs", "application/json", events.toString()).json();
    assertThat(receipt.has("items")).as("%s", receipt).isTrue();
    List<String> accepted = new ArrayList<>();
    receipt
        .path("items")
        .forEach(item ->
            accepted.add(
                verdict(
                    !item.path("status").asString().equals("invalid"),
                    events.get(item.path("index").asInt()))));

    assertThat(accepted).hasSize(events.size()).isEqualTo(valid);
    assertThat(receipt.path("invalid").asInt()).isBetween(100, events.size() - 25);
  }

  private static String verdict(boolean valid, JsonNode event) {
    String text = event.toString().replaceAll("(x{10})x+", "$1…");
    return (valid ? "valid: " : "invalid: ") + text;
  }

  /** The event, without each member, with each value in each member, and with unknown ones. */
  private static List<ObjectNode> variations(ObjectNode event) {
    event.put("source", "x").put("traceId", "x").put("timestamp", "2024-08-11T09:30:00Z");
    event.put("id", "x").putObject("labels");
    List<ObjectNode> all = new ArrayList<>(List.of(event));
    for (String member : new TreeSet<>(event.propertyNames())) {
      ObjectNode without = event.deepCopy();
      without.remove(member);
      all.add(without);
      VALUES.forEach(value -> {
        ObjectNode with = event.deepCopy();
        with.set(member, OpenApi.JSON.readTree(value));
        all.add(with);
      });
    }
    for (String member : List.of("userId", "jobId", "process", "errorCode", "receivedAt", "x")) {
      if (!event.has(member)) {
        all.add(event.deepCopy().put(member, "x"));
      }
    }
    ObjectNode nameless = event.deepCopy();
    nameless.remove(List.of("userId", "email"));
    all.add(nameless);
    return all;
  }

  private static String text(int length) {
    return "\"" + "x".repeat(length) + "\"";
  }

  private static String labels(int pairs, int length) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      all.add("\"k%d\":\"%s\"".formatted(i, "x".repeat(length)));
    }
    return "{" + String.join(",", all) + "}";
  }
}
