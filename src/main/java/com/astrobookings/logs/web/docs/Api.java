package com.astrobookings.logs.web.docs;

import com.astrobookings.logs.event.text.Names;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The words of OpenAPI, for those who describe a part of the API. */
public final class Api {

  private Api() {}

  /** An object with the members in this order: name, value, name, value. */
  public static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return object;
  }

  /** Points to a schema of the document. */
  public static Map<String, Object> schema(String name) {
    return object("$ref", "#/components/schemas/" + name);
  }

  /** Content in one media type. */
  public static Map<String, Object> content(String mediaType, Map<String, Object> description) {
    return object(mediaType, description);
  }

  /**
   * The beginning of an operation, to be completed.
   *
   * @param group where it is shown
   * @param scope what a credential must allow
   */
  public static Map<String, Object> operation(
      String id, String group, Scope scope, String summary, String description) {
    return object(
        "operationId",
        id,
        "tags",
        List.of(group),
        "summary",
        summary,
        "description",
        description + " Scope: `" + scope.text() + "`.",
        "security",
        List.of(object("bearer", List.of(scope.text())), object()));
  }

  /** A parameter of a query string. A page leaves it out until somebody fills it in. */
  public static Map<String, Object> parameter(
      String name, String description, Map<String, Object> schema) {
    return object("name", name, "in", "query", "description", description, "schema", schema);
  }

  /** A header of an answer, which holds text. */
  public static Map<String, Object> header(String description) {
    return object("description", description, "schema", text());
  }

  /** Any text. */
  public static Map<String, Object> text() {
    return object("type", "string");
  }

  /** Any text, with some that show how it is meant. */
  public static Map<String, Object> text(String... samples) {
    return object("type", "string", "examples", List.of(samples));
  }

  /** Values that can be chosen to try the API with, by what each shows. */
  public static Map<String, Object> examples(Map<String, ?> byName) {
    Map<String, Object> examples = new LinkedHashMap<>();
    byName.forEach((name, value) ->
        examples.put(name.replace(' ', '-'), object("summary", name, "value", value)));
    return examples;
  }

  /** One of these texts. */
  public static Map<String, Object> enumOf(List<String> texts) {
    return object("type", "string", "enum", texts);
  }

  /** One or several. */
  public static Map<String, Object> listOf(Map<String, Object> items) {
    return object("type", "array", "items", items);
  }

  /**
   * The answers of an operation: those given, and the problems by their status.
   *
   * @param answers by status
   * @param problems what can be wrong; those that any request can meet are added
   */
  public static Map<String, Object> answers(Map<String, Object> answers, ProblemType... problems) {
    Map<String, Object> all = new LinkedHashMap<>(answers);
    for (ProblemType type : problems) {
      add(all, type);
    }
    for (ProblemType type : ProblemResponses.OF_ANY_REQUEST) {
      add(all, type);
    }
    return all;
  }

  private static void add(Map<String, Object> answers, ProblemType type) {
    answers.putIfAbsent(
        Integer.toString(type.status().value()),
        object("$ref", "#/components/responses/" + ProblemResponses.nameOf(type.status())));
  }

  static String lowerCase(Enum<?> constant) {
    return Names.lowerCase(constant).replace('_', '-');
  }
}
