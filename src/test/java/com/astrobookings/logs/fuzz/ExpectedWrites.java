package com.astrobookings.logs.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.astrobookings.logs.web.docs.OpenApi;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The statuses that can answer a write, by the published schema of events. */
final class ExpectedWrites {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(500)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** A member that no event has: it makes an event invalid. */
  private static final String INVALID = "(invalid)";

  private ExpectedWrites() {}

  static boolean isJson(String body) {
    return parse(body) != null;
  }

  static Set<Integer> ofJson(String body) {
    JsonNode parsed = parse(body);
    if (parsed == null || (parsed.isArray() && parsed.isEmpty())) {
      return Set.of(400);
    }
    if (parsed.isArray()) {
      return ofEvents(parsed.valueStream().map(ExpectedWrites::isValid).toList());
    }
    return isValid(parsed) ? Set.of(200, 201, 409) : Set.of(422);
  }

  static Set<Integer> ofLines(String body) {
    List<Boolean> valid = new ArrayList<>();
    for (String line : body.split("\n", -1)) {
      if (!line.matches("[ \t\r]*")) {
        JsonNode event = parse(line);
        valid.add(event != null && isValid(event));
      }
    }
    return valid.isEmpty() ? Set.of(400) : ofEvents(valid);
  }

  private static Set<Integer> ofEvents(List<Boolean> valid) {
    if (!valid.contains(true)) {
      return Set.of(422);
    }
    return valid.contains(false) ? Set.of(207) : Set.of(200, 207);
  }

  private static boolean isValid(JsonNode event) {
    if (event instanceof ObjectNode object) {
      object.removeNulls();
    }
    return OpenApi.errors("Event", event).isEmpty();
  }

  /** The one value of the text; null if it is not JSON. */
  private static @Nullable JsonNode parse(String text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text.getBytes(UTF_8))) {
      JsonNode value = parser.nextToken() == null ? null : value(parser);
      return parser.nextToken() == null ? value : null;
    } catch (JacksonException notJson) {
      return null;
    }
  }

  private static JsonNode value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
      default -> NODES.nullNode();
    };
  }

  /** A number, or what no member takes either in place of one that is too large for any. */
  private static JsonNode number(JsonParser parser) {
    try {
      BigDecimal number = parser.getDecimalValue();
      return number.abs().compareTo(LARGEST) > 0
          ? NODES.booleanNode(false)
          : NODES.numberNode(number);
    } catch (ArithmeticException | NumberFormatException tooLarge) {
      return NODES.booleanNode(false);
    }
  }

  private static ArrayNode array(JsonParser parser) {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  private static ObjectNode object(JsonParser parser) {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      JsonNode value = value(parser);
      if (object.has(name)) {
        object.put(INVALID, "stated twice");
      }
      object.set(name, value);
    }
    return object;
  }
}
