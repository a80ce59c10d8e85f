package com.astrobookings.logs.query;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** What the reading paths offer. */
@Component
final class ReadApi implements ApiPart {

  private static final String GROUP = "Read";
  private static final String PERSONAL =
      " Personal data is in the answer, and can be asked by, with `" + Scope.PII.text() + "` only.";

  @Override
  public Map<String, Map<String, Object>> paths() {
    return Map.of(
        "/api/v1/logs", object("get", list()),
        "/api/v1/logs/search", object("post", search()),
        "/api/v1/logs/{id}", object("get", find()));
  }

  private static Map<String, Object> list() {
    Map<String, Object> list =
        Api.operation(
            "listLogs",
            GROUP,
            Scope.READ,
            "Read a page of events",
            "Several values of one parameter mean any of them, different parameters all of them."
                + " The order is total: timestamp, then id. Following next or the Link gives each"
                + " event exactly once."
                + PERSONAL);
    list.put("parameters", ReadParameters.all());
    list.put("responses", pages(ProblemType.INVALID_PARAMETER));
    return list;
  }

  private static Map<String, Object> search() {
    Map<String, Object> search =
        Api.operation(
            "searchLogs",
            GROUP,
            Scope.READ,
            "Read a page of events, asked for in a body",
            "The parameters of the list as members, for what does not belong in a URL. So there is no"
                + " Link: the next page is asked for with the same members, and next as cursor."
                + PERSONAL);
    search.put("requestBody", question());
    search.put(
        "responses",
        pages(
            ProblemType.INVALID_PARAMETER,
            ProblemType.TOO_LARGE,
            ProblemType.UNSUPPORTED_MEDIA_TYPE));
    return search;
  }

  private static Map<String, Object> question() {
    Map<String, Object> members = new LinkedHashMap<>();
    for (Map<String, Object> parameter : ReadParameters.all()) {
      members.put((String) parameter.get("name"), parameter.get("schema"));
    }
    return object(
        "required",
        true,
        "content",
        Api.content(
            MediaType.APPLICATION_JSON_VALUE,
            object(
                "schema",
                object("type", "object", "properties", members),
                "examples",
                Api.examples(questions()))));
  }

  private static Map<String, Map<String, Object>> questions() {
    Map<String, Map<String, Object>> questions = new LinkedHashMap<>();
    questions.put(
        "failed attempts, the newest first",
        object("type", List.of("AUTH"), "outcome", "FAIL", "order", "desc", "limit", 10));
    questions.put(
        "one day of one person",
        object("from", "2024-08-11", "to", "2024-08-11", "email", "jane@example.com"));
    questions.put(
        "words of a stack trace",
        object("q", "SQLException and not service.name : billing", "total", "none"));
    return questions;
  }

  private static Map<String, Object> find() {
    Map<String, Object> find =
        Api.operation(
            "findLog",
            GROUP,
            Scope.READ,
            "Read one event, also before searches see it",
            "The newest, if several months hold the id." + PERSONAL);
    find.put("parameters", List.of(id(), month()));
    find.put(
        "responses",
        Api.answers(
            object("200", answer("The event.", schema("Log"), EventExamples.read())),
            ProblemType.EVENT_NOT_FOUND,
            ProblemType.UNAVAILABLE,
            ProblemType.TIMED_OUT));
    return find;
  }

  private static Map<String, Object> id() {
    return object(
        "name",
        "id",
        "in",
        "path",
        "required",
        true,
        "schema",
        text(),
        "example",
        EventExamples.sampleOf("id"));
  }

  private static Map<String, Object> month() {
    return parameter(
        "timestamp",
        "Picks the month; without it the newest event with the id is found.",
        text(EventExamples.sampleOf("timestamp")));
  }

  private static Map<String, Object> pages(ProblemType... problems) {
    Map<String, Object> page =
        answer(
            "A page.",
            page(),
            object(
                "order",
                "asc",
                "total",
                object("value", 1, "relation", "eq"),
                "logs",
                List.of(EventExamples.read())));
    page.put("headers", object("Link", Api.header("The next page, while there is one.")));
    List<ProblemType> all = new ArrayList<>(List.of(problems));
    all.add(ProblemType.UNAVAILABLE);
    all.add(ProblemType.TIMED_OUT);
    return Api.answers(object("200", page), all.toArray(ProblemType[]::new));
  }

  private static Map<String, Object> answer(
      String description, Map<String, Object> schema, Map<String, Object> example) {
    return object(
        "description",
        description,
        "content",
        Api.content(
            MediaType.APPLICATION_JSON_VALUE, object("schema", schema, "example", example)));
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
                "order", enumOf(List.of("asc", "desc")),
                "total",
                    object(
                        "type",
                        "object",
                        "properties",
                        object(
                            "value", object("type", "integer"),
                            "relation", enumOf(List.of("eq", "gte")))),
                "logs", listOf(schema("Log")),
                "next", text()));
  }
}
