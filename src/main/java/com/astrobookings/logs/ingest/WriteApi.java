package com.astrobookings.logs.ingest;

import static com.astrobookings.logs.ingest.ItemStatus.CONFLICT;
import static com.astrobookings.logs.ingest.ItemStatus.DUPLICATE;
import static com.astrobookings.logs.ingest.ItemStatus.SPOOLED;
import static com.astrobookings.logs.ingest.ItemStatus.STORED;
import static com.astrobookings.logs.web.docs.Api.enumOf;
import static com.astrobookings.logs.web.docs.Api.listOf;
import static com.astrobookings.logs.web.docs.Api.object;
import static com.astrobookings.logs.web.docs.Api.parameter;
import static com.astrobookings.logs.web.docs.Api.schema;
import static com.astrobookings.logs.web.docs.Api.text;

import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.Scope;
import com.astrobookings.logs.web.docs.Api;
import com.astrobookings.logs.web.docs.ApiPart;
import com.astrobookings.logs.web.docs.EventExamples;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What the writing path takes. */
@Component
final class WriteApi implements ApiPart {

  @Override
  public Map<String, Map<String, Object>> paths() {
    return Map.of("/api/v1/logs", object("post", write()));
  }

  private static Map<String, Object> write() {
    Map<String, Object> write =
        Api.operation(
            "writeLogs",
            "Write",
            Scope.INGEST,
            "Write an event, or up to 10,000",
            "Each event gets one status. What is stored, duplicate or spooled survives; what is"
                + " refused may be sent again with the id and timestamp of the receipt.");
    write.put("parameters", parameters());
    write.put("requestBody", body());
    write.put("responses", answers());
    return write;
  }

  private static List<Map<String, Object>> parameters() {
    return List.of(
        parameter(
            "refresh",
            "When to answer: as soon as the events are durable (`false`, the default), or when"
                + " they are searchable.",
            enumOf(List.of("false", "wait_for"))),
        parameter(
            "verbose",
            "Whether the receipt lists what was taken, too (`true`, the default).",
            enumOf(List.of("true", "false"))));
  }

  private static Map<String, Object> answers() {
    return Api.answers(
        object(
            "200", receipt("All events are there.", STORED, DUPLICATE),
            "201", single(),
            "202", receipt("Some events are spooled and will be stored.", STORED, SPOOLED),
            "207", receipt("Some events failed.", STORED, CONFLICT)),
        ProblemType.UNREADABLE_BODY,
        ProblemType.BODY_TIMED_OUT,
        ProblemType.EVENT_CONFLICT,
        ProblemType.TOO_LARGE,
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        ProblemType.INVALID_EVENT,
        ProblemType.OVERLOADED,
        ProblemType.UNAVAILABLE);
  }

  private static Map<String, Object> body() {
    return object(
        "required",
        true,
        "description",
        "One object, an array of them, or one a line. Content-Encoding: gzip is understood.",
        "content",
        object(
            MediaType.APPLICATION_JSON_VALUE,
            object(
                "schema",
                object("enumOf", List.of(schema("Event"), listOf(schema("Event")))),
                "examples",
                Api.examples(bodies())),
            MediaType.APPLICATION_NDJSON_VALUE,
            object("schema", schema("Event"), "example", lines())));
  }

  private static Map<String, Object> bodies() {
    Map<String, Object> bodies = new LinkedHashMap<>();
    for (Map<String, Object> event : EventExamples.all()) {
      bodies.put("one event: " + event.get("type"), event);
    }
    bodies.put("several events", EventExamples.all());
    return bodies;
  }

  private static String lines() {
    JsonMapper json = new JsonMapper();
    return EventExamples.all().stream()
        .map(json::writeValueAsString)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static Map<String, Object> single() {
    Map<String, Object> single = receipt("The event is stored.", STORED);
    single.put("headers", object("Location", Api.header("Where the event can be read at once.")));
    return single;
  }

  private static Map<String, Object> receipt(String description, ItemStatus... statuses) {
    Map<String, Object> count = object("type", "integer", "minimum", 0);
    Map<String, Object> properties = object("received", count);
    Arrays.stream(ItemStatus.values()).forEach(status -> properties.put(status.label(), count));
    properties.put("failed", count);
    properties.put("items", listOf(item()));
    return object(
        "description",
        description,
        "content",
        Api.content(
            MediaType.APPLICATION_JSON_VALUE,
            object(
                "schema",
                object("type", "object", "properties", properties),
                "example",
                example(List.of(statuses)))));
  }

  private static Map<String, Object> example(List<ItemStatus> statuses) {
    Map<String, Object> receipt = object("received", statuses.size());
    for (ItemStatus status : ItemStatus.values()) {
      receipt.put(status.label(), Collections.frequency(statuses, status));
    }
    receipt.put("failed", statuses.stream().filter(ItemStatus::failed).count());
    receipt.put(
        "items",
        IntStream.range(0, statuses.size())
            .mapToObj(index ->
                object(
                    "index",
                    index,
                    "id",
                    "core-api." + (4711 + index),
                    "timestamp",
                    EventExamples.sampleOf("timestamp"),
                    "status",
                    statuses.get(index).label()))
            .toList());
    return receipt;
  }

  private static Map<String, Object> item() {
    return object(
        "type", "object",
        "required", List.of("index", "status"),
        "properties",
            object(
                "index", object("type", "integer"),
                "id", text(),
                "timestamp", object("type", "string", "format", "date-time"),
                "status",
                    enumOf(Arrays.stream(ItemStatus.values()).map(ItemStatus::label).toList()),
                "message", text(),
                "errors", listOf(object("type", "object"))));
  }
}
