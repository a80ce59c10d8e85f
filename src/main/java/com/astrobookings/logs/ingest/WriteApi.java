package com.astrobookings.logs.ingest;

import static com.astrobookings.logs.web.docs.Api.listOf;
import static com.astrobookings.logs.web.docs.Api.object;
import static com.astrobookings.logs.web.docs.Api.oneOf;
import static com.astrobookings.logs.web.docs.Api.parameter;
import static com.astrobookings.logs.web.docs.Api.schema;
import static com.astrobookings.logs.web.docs.Api.text;

import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.docs.Api;
import com.astrobookings.logs.web.docs.ApiPart;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** What the writing path takes. */
@Component
final class WriteApi implements ApiPart {

  @Override
  public Map<String, Map<String, Object>> paths() {
    return Map.of("/api/v1/logs", object("post", write()));
  }

  private static Map<String, Object> write() {
    return object(
        "operationId",
        "writeLogs",
        "summary",
        "Write an event, or up to 10,000",
        "description",
        "Each event gets one status. What is stored, duplicate or spooled survives; what is"
            + " refused may be sent again with the id and timestamp of the receipt.",
        "parameters",
        parameters(),
        "requestBody",
        body(),
        "responses",
        answers());
  }

  private static List<Map<String, Object>> parameters() {
    return List.of(
        parameter(
            "refresh",
            "When to answer: as soon as the events are durable, or when they are searchable.",
            oneOf(List.of("false", "wait_for")),
            "wait_for"),
        parameter(
            "verbose",
            "Whether the receipt lists what was taken, too.",
            oneOf(List.of("true", "false")),
            "true"));
  }

  private static Map<String, Object> answers() {
    return Api.answers(
        object(
            "200", receipt("All events are there; at least one was before."),
            "201", receipt("The event is stored."),
            "202", receipt("Some events are spooled and will be stored."),
            "207", receipt("Some events failed.")),
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
        "Content-Encoding: gzip is understood.",
        "content",
        object(
            MediaType.APPLICATION_JSON_VALUE,
                object(
                    "schema", object("oneOf", List.of(schema("Event"), listOf(schema("Event"))))),
            MediaType.APPLICATION_NDJSON_VALUE, object("schema", schema("Event"))));
  }

  private static Map<String, Object> receipt(String description) {
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
            object("schema", object("type", "object", "properties", properties))));
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
                "status", oneOf(Arrays.stream(ItemStatus.values()).map(ItemStatus::label).toList()),
                "message", text(),
                "errors", listOf(object("type", "object"))));
  }
}
