package com.astrobookings.logs.query;

import static com.astrobookings.logs.web.docs.Api.listOf;
import static com.astrobookings.logs.web.docs.Api.object;
import static com.astrobookings.logs.web.docs.Api.oneOf;
import static com.astrobookings.logs.web.docs.Api.parameter;
import static com.astrobookings.logs.web.docs.Api.schema;
import static com.astrobookings.logs.web.docs.Api.text;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Field;
import com.astrobookings.logs.event.value.DocumentType;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.kql.KqlQuery;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.docs.Api;
import com.astrobookings.logs.web.docs.ApiPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** What the reading paths offer. */
@Component
final class ReadApi implements ApiPart {

  private static final String TIME =
      "A time covers all that it states: a date the whole day, a time without seconds the minute."
          + " ISO-8601 with or without offset, yyyy-MM-dd HH:mm:ss[.fraction], yyyy-MM-dd,"
          + " milliseconds since 1970, now, now-15m, now-1d/d.";

  @Override
  public Map<String, Map<String, Object>> paths() {
    return Map.of(
        "/api/v1/logs", object("get", list()),
        "/api/v1/logs/search", object("post", search()),
        "/api/v1/logs/{id}", object("get", find()));
  }

  private static Map<String, Object> list() {
    return object(
        "operationId",
        "listLogs",
        "summary",
        "Read a page of events",
        "description",
        "Several values of one parameter mean any of them, different parameters all of them."
            + " The order is total: timestamp, then id. Following next or the Link gives each"
            + " event exactly once.",
        "parameters",
        parameters(),
        "responses",
        pages(ProblemType.INVALID_PARAMETER));
  }

  private static Map<String, Object> search() {
    Map<String, Object> members = new LinkedHashMap<>();
    for (Map<String, Object> parameter : parameters()) {
      members.put((String) parameter.get("name"), parameter.get("schema"));
    }
    return object(
        "operationId", "searchLogs",
        "summary", "Read a page of events, asked for in a body",
        "description", "The parameters of the list as members, for what does not belong in a URL.",
        "requestBody",
            object(
                "required",
                true,
                "content",
                Api.content(
                    MediaType.APPLICATION_JSON_VALUE,
                    object(
                        "schema", object("type", "object", "properties", members),
                        "example",
                            object("type", List.of("AUTH"), "outcome", "FAIL", "limit", 10)))),
        "responses",
            pages(
                ProblemType.INVALID_PARAMETER,
                ProblemType.TOO_LARGE,
                ProblemType.UNSUPPORTED_MEDIA_TYPE));
  }

  private static Map<String, Object> find() {
    return object(
        "operationId",
        "findLog",
        "summary",
        "Read one event, also before searches see it",
        "parameters",
        List.of(
            object(
                "name", "id", "in", "path", "required", true, "schema", text(), "example", "a-1"),
            parameter(
                "timestamp",
                "Picks the month; without it the newest event with the id is found.",
                text(),
                "2024-08-11T09:30:00Z")),
        "responses",
        Api.answers(
            object("200", answer("The event.", schema("Log"))),
            ProblemType.EVENT_NOT_FOUND,
            ProblemType.UNAVAILABLE,
            ProblemType.TIMED_OUT));
  }

  private static List<Map<String, Object>> parameters() {
    List<Map<String, Object>> all = new ArrayList<>(times());
    all.add(
        parameter(
            "type",
            "One or several, repeated or separated by commas.",
            listOf(oneOf(Arrays.stream(EventType.values()).map(Enum::name).toList())),
            List.of("AUTH")));
    filters().forEach((name, field) -> all.add(filter(name, field)));
    all.add(
        parameter(
            "q",
            "Kibana Query Language over the fields of the documents. Words without a field search"
                + " message, error message and stack trace.",
            object("type", "string", "maxLength", KqlQuery.LONGEST),
            "event.outcome : failure and not source.ip : \"10.0.0.0/8\""));
    all.addAll(pageParameters());
    return all;
  }

  private static List<Map<String, Object>> times() {
    return List.of(
        parameter("from", "Earliest timestamp, inclusive. " + TIME, text(), "2024-08-11"),
        parameter("to", "Latest timestamp, inclusive. " + TIME, text(), "now"),
        parameter("tz", "Zone of times without offset, in q too.", text(), "Europe/Madrid"));
  }

  private static List<Map<String, Object>> pageParameters() {
    return List.of(
        parameter("order", "Chronological or not.", oneOf(List.of("asc", "desc")), "desc"),
        parameter(
            "limit",
            "Most events of the page, which may end earlier.",
            object("type", "integer", "minimum", 1, "maximum", PageRequest.LARGEST, "default", 100),
            10),
        parameter(
            "total",
            "How exactly to count: up to 10,000, whatever it costs, or not at all.",
            oneOf(List.of("bounded", "exact", "none")),
            "none"),
        object(
            "name",
            "cursor",
            "in",
            "query",
            "schema",
            text(),
            "description",
            "next of the page before; all other parameters are repeated."));
  }

  private static Map<String, Object> filter(String name, Field<?> field) {
    boolean keyed = field.kind().documentType() == DocumentType.FLATTENED;
    List<String> choices = field.kind().choices();
    String example = choices.isEmpty() ? "192.0.2.0/24" : choices.getFirst();
    return parameter(
        keyed ? name + ".<key>" : name,
        "Exactly this: " + field.description(),
        listOf(choices.isEmpty() ? text() : oneOf(choices)),
        List.of(example));
  }

  private static Map<String, Field<?>> filters() {
    Map<String, Field<?>> filters = new LinkedHashMap<>();
    for (Field<?> field : EventSchema.fields().values()) {
      if (field.filter() != null) {
        filters.putIfAbsent(field.filter(), field);
      }
    }
    return filters;
  }

  private static Map<String, Object> pages(ProblemType... problems) {
    List<ProblemType> all = new ArrayList<>(List.of(problems));
    all.add(ProblemType.UNAVAILABLE);
    all.add(ProblemType.TIMED_OUT);
    return Api.answers(object("200", answer("A page.", page())), all.toArray(ProblemType[]::new));
  }

  private static Map<String, Object> answer(String description, Map<String, Object> schema) {
    return object(
        "description",
        description,
        "content",
        Api.content(MediaType.APPLICATION_JSON_VALUE, object("schema", schema)));
  }

  private static Map<String, Object> page() {
    Map<String, Object> time = object("type", "string", "format", "date-time");
    return object(
        "type", "object",
        "required", List.of("order", "logs"),
        "properties",
            object(
                "from", time,
                "to", time,
                "order", oneOf(List.of("asc", "desc")),
                "total",
                    object(
                        "type",
                        "object",
                        "properties",
                        object(
                            "value", object("type", "integer"),
                            "relation", oneOf(List.of("eq", "gte")))),
                "logs", listOf(schema("Log")),
                "next", text()));
  }
}
