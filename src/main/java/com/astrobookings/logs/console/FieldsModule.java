package com.astrobookings.logs.console;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Field;
import com.astrobookings.logs.event.value.FieldType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Generates the module {@code fields.js} from what the event types declare: each field of the
 * stored document with its kind, whether it holds text or personal data, and, if it is a member of
 * events, the member's name, its filter and the types that have it.
 */
final class FieldsModule {

  private static final JsonMapper JSON = new JsonMapper();

  private FieldsModule() {}

  static byte[] content() {
    SortedMap<String, ObjectNode> fields = new TreeMap<>();
    EventSchema.fieldTypes().forEach((path, type) -> add(fields, path, type));
    for (EventType type : EventType.values()) {
      for (Field<?> field : EventSchema.fieldsOf(type)) {
        describe(Objects.requireNonNull(fields.get(field.path())), field, type);
      }
    }
    ArrayNode list = JSON.createArrayNode();
    list.addAll(fields.values());
    String types = JSON.writeValueAsString(EventType.values());
    String module =
        "export const types = %s;\nexport const fields = %s;\n"
            .formatted(types, JSON.writeValueAsString(list));
    return module.getBytes(StandardCharsets.UTF_8);
  }

  private static void add(Map<String, ObjectNode> fields, String path, FieldType type) {
    ObjectNode described = JSON.createObjectNode();
    described.put("path", path).put("kind", type.name()).put("text", type.isFreeText());
    fields.put(path, described);
    type.subFields().forEach((name, subField) -> add(fields, path + "." + name, subField));
  }

  /** Adds what a member of events of one type declares; types may share a path. */
  private static void describe(ObjectNode described, Field<?> field, EventType type) {
    if (!described.has("name")) {
      described.put("name", field.name()).put("personal", field.personal());
      described.put("filter", field.filter());
    }
    described.withArray("types").add(type.name());
  }
}
