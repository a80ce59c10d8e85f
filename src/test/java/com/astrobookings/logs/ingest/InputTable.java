package com.astrobookings.logs.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tables of src/test/resources/input, in which every value is text. */
final class InputTable {

  private static final Pattern REPEATED = Pattern.compile("<(.+?)\\*(\\d+)>", Pattern.DOTALL);
  private static final Pattern NOW = Pattern.compile("<now([+-])(P[0-9DTHM]+)>");
  private static final Map<String, List<Map<String, Object>>> VALID = load("valid.yaml");

  /** Keeps every digit. */
  static final JsonMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private InputTable() {}

  /**
   * A valid event with some members changed, the rules it then breaks by pointer, words that the
   * answer has to contain, and members that are read otherwise than they were sent.
   */
  record EventRow(
      String type,
      Map<String, String> changes,
      Map<String, List<String>> violations,
      List<String> says,
      Map<String, String> reads) {

    /** The event's JSON; the id is this one unless the row is about ids. */
    String json(String id) {
      Map<String, String> members = new LinkedHashMap<>();
      VALID.get(type).getFirst().forEach((name, value) -> members.put(name, (String) value));
      members.put("id", '"' + id + '"');
      members.putAll(changes);
      String also = members.remove("also");
      members.values().removeIf("~"::equals);
      return Stream.concat(
              members.entrySet().stream().map(e -> "\"" + e.getKey() + "\":" + e.getValue()),
              Stream.ofNullable(also))
          .map(InputTable::expand)
          .collect(Collectors.joining(",", "{", "}"));
    }

    /** Everything it violates, each as pointer and rule. */
    List<String> faults() {
      return violations.entrySet().stream()
          .flatMap(entry -> entry.getValue().stream().map(rule -> entry.getKey() + " " + rule))
          .map(fault -> fault.startsWith("event ") ? fault.substring("event".length()) : fault)
          .toList();
    }

    /** What answers show of the event that was sent as this JSON; nulls are left out of it. */
    ObjectNode read(String sent) {
      ObjectNode read = (ObjectNode) EXACT.readTree(sent);
      reads.forEach((name, json) -> read.set(name, EXACT.readTree(json)));
      read.propertyNames().stream()
          .filter(name -> read.get(name).isNull())
          .toList()
          .forEach(read::remove);
      return read;
    }

    @Override
    public String toString() {
      return type + " " + changes + (violations.isEmpty() ? "" : " violates " + violations);
    }
  }

  static List<EventRow> events(String file) {
    return load(file).entrySet().stream()
        .flatMap(rows -> rows.getValue().stream().map(row -> event(rows.getKey(), row)))
        .toList();
  }

  private static EventRow event(String type, Map<String, Object> row) {
    Map<String, String> changes = new LinkedHashMap<>();
    Map<String, List<String>> violations = new LinkedHashMap<>();
    List<String> says = new ArrayList<>();
    Map<String, String> reads = new LinkedHashMap<>();
    row.forEach((name, value) -> {
      if (name.equals("says")) {
        says.addAll(texts(value));
      } else if (name.equals("reads") && value instanceof Map<?, ?> read) {
        read.forEach((member, json) -> reads.put((String) member, (String) json));
      } else if (value instanceof Map<?, ?> violated) {
        violated.forEach((pointer, rules) -> violations.put((String) pointer, texts(rules)));
      } else {
        changes.put(name, (String) value);
      }
    });
    return new EventRow(type, changes, violations, says, reads);
  }

  private static List<String> texts(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String.class::cast).toList()
        : List.of((String) value);
  }

  /** The valid event of a type as JSON. */
  static String valid(String type, String id) {
    return new EventRow(type, Map.of(), Map.of(), List.of(), Map.of()).json(id);
  }

  static String expand(String text) {
    String repeated =
        REPEATED
            .matcher(text)
            .replaceAll(
                replacement((match, count) -> {
                  String joined =
                      IntStream.range(0, count)
                          .mapToObj(i -> match.replace("#", Integer.toString(i)))
                          .collect(Collectors.joining());
                  return joined.endsWith(",") ? joined.substring(0, joined.length() - 1) : joined;
                }));
    return NOW.matcher(repeated).replaceAll(InputTable::instant);
  }

  private static Function<MatchResult, String> replacement(
      BiFunction<String, Integer, String> repetition) {
    return match ->
        Matcher.quoteReplacement(repetition.apply(match.group(1), Integer.valueOf(match.group(2))));
  }

  private static String instant(MatchResult match) {
    Duration distance = Duration.parse(match.group(2));
    Instant now = Instant.now();
    return (match.group(1).equals("+") ? now.plus(distance) : now.minus(distance)).toString();
  }

  /** The rows of each table of a file: texts, maps of texts, or lists of texts by name. */
  static Map<String, List<Map<String, Object>>> load(String file) {
    LoaderOptions options = new LoaderOptions();
    Yaml yaml =
        new Yaml(
            new SafeConstructor(options),
            new Representer(new DumperOptions()),
            new DumperOptions(),
            options,
            new Resolver() {
              @Override
              protected void addImplicitResolvers() {
                // Every scalar is a string.
              }
            });
    try (InputStream in = InputTable.class.getResourceAsStream("/input/" + file)) {
      return yaml.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
