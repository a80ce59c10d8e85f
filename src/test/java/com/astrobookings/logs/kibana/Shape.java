package com.astrobookings.logs.kibana;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a JSON value may look like. Kibana refuses a dashboard with one unknown key, so an object
 * here has the keys that are named and no others.
 */
@FunctionalInterface
interface Shape {

  /** Adds what is wrong with {@code node}, which stands at {@code at}. */
  void check(JsonNode node, String at, List<String> problems);

  default List<String> problems(JsonNode node) {
    List<String> problems = new ArrayList<>();
    check(node, "", problems);
    return problems;
  }

  static Shape text() {
    return text(".+");
  }

  static Shape text(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return (node, at, problems) ->
        expect(
            node.isString() && pattern.matcher(node.asString()).matches(),
            "a text like " + regex,
            node,
            at,
            problems);
  }

  static Shape oneOf(String... values) {
    return (node, at, problems) ->
        expect(
            node.isString() && List.of(values).contains(node.asString()),
            "one of " + List.of(values),
            node,
            at,
            problems);
  }

  static Shape integer(int min, int max) {
    return (node, at, problems) ->
        expect(
            node.isInt() && node.asInt() >= min && node.asInt() <= max,
            "a whole number from %d to %d".formatted(min, max),
            node,
            at,
            problems);
  }

  static Shape number() {
    return (node, at, problems) -> expect(node.isNumber(), "a number", node, at, problems);
  }

  static Shape flag() {
    return (node, at, problems) -> expect(node.isBoolean(), "true or false", node, at, problems);
  }

  static Shape isTrue() {
    return (node, at, problems) ->
        expect(node.isBoolean() && node.asBoolean(), "true", node, at, problems);
  }

  static Shape list(int min, int max, Shape element) {
    return (node, at, problems) -> {
      expect(
          node.isArray() && node.size() >= min && node.size() <= max,
          "a list of %d to %d".formatted(min, max),
          node,
          at,
          problems);
      for (int i = 0; i < node.size(); i++) {
        element.check(node.path(i), at + "/" + i, problems);
      }
    };
  }

  /** An object whose text at {@code key} says which of the shapes it has. */
  static Shape by(String key, Map<String, ? extends Shape> shapes) {
    return (node, at, problems) -> {
      Shape shape = shapes.get(node.path(key).asString(""));
      if (shape == null) {
        expect(false, "%s one of %s".formatted(key, shapes.keySet()), node, at, problems);
      } else {
        shape.check(node, at, problems);
      }
    };
  }

  static Fields object() {
    return new Fields();
  }

  private static void expect(
      boolean met, String expected, JsonNode node, String at, List<String> problems) {
    if (!met) {
      problems.add("%s: expected %s, found %s".formatted(at, expected, node));
    }
  }

  /** An object. */
  final class Fields implements Shape {

    private final Map<String, Shape> required = new LinkedHashMap<>();
    private final Map<String, Shape> optional = new LinkedHashMap<>();

    Fields with(String name, Shape shape) {
      required.put(name, shape);
      return this;
    }

    Fields maybe(String name, Shape shape) {
      optional.put(name, shape);
      return this;
    }

    @Override
    public void check(JsonNode node, String at, List<String> problems) {
      expect(node.isObject(), "an object", node, at, problems);
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        String name = entry.getKey();
        Shape shape = required.getOrDefault(name, optional.get(name));
        if (shape == null) {
          problems.add("%s: unknown key %s".formatted(at, name));
        } else {
          shape.check(entry.getValue(), at + "/" + name, problems);
        }
      }
      required.keySet().stream()
          .filter(name -> !node.has(name))
          .forEach(name -> problems.add("%s: %s is missing".formatted(at, name)));
    }
  }
}
