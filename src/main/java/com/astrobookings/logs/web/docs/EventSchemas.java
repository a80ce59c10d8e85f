package com.astrobookings.logs.web.docs;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Field;
import com.astrobookings.logs.event.value.FieldType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events as schemas, read from their declarations: as producers send them and as answers do. */
final class EventSchemas {

  private static final String SENT = "Event";
  private static final String READ = "Log";

  private EventSchemas() {}

  static Map<String, Object> all() {
    Map<String, Object> schemas = new LinkedHashMap<>();
    schemas.put(SENT, oneOf(SENT));
    schemas.put(READ, oneOf(READ));
    for (EventType type : EventType.values()) {
      schemas.put(name(SENT, type), sent(type));
      schemas.put(name(READ, type), read(type));
    }
    return schemas;
  }

  private static String name(String kind, EventType type) {
    return kind + type.name().charAt(0) + Api.lowerCase(type).substring(1);
  }

  private static Map<String, Object> oneOf(String kind) {
    Map<String, Object> mapping = new LinkedHashMap<>();
    Arrays.stream(EventType.values())
        .forEach(type -> mapping.put(type.name(), "#/components/schemas/" + name(kind, type)));
    return Api.object(
        "oneOf",
        Arrays.stream(EventType.values()).map(type -> Api.schema(name(kind, type))).toList(),
        "discriminator",
        Api.object("propertyName", "type", "mapping", mapping));
  }

  private static Map<String, Object> sent(EventType type) {
    return Api.object(
        "type", "object",
        "required", required(type),
        "properties", properties(type),
        "additionalProperties", false,
        "examples", List.of(EventExamples.of(type)));
  }

  /** Without the scope to see them, members that are personal are left out: none is required. */
  private static Map<String, Object> read(EventType type) {
    Map<String, Object> properties = properties(type);
    properties.put(
        "receivedAt",
        Api.object("type", "string", "format", "date-time", "description", "when it was received"));
    return Api.object(
        "type",
        "object",
        "required",
        List.of("id", "type", "timestamp", "receivedAt"),
        "properties",
        properties);
  }

  private static List<String> required(EventType type) {
    return EventSchema.fieldsOf(type).stream().filter(Field::required).map(Field::name).toList();
  }

  private static Map<String, Object> properties(EventType type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Field<?> field : EventSchema.fieldsOf(type)) {
      Map<String, Object> schema = new LinkedHashMap<>(schema(field, type));
      schema.put("description", field.description());
      properties.put(field.name(), schema);
    }
    return properties;
  }

  private static Map<String, Object> schema(Field<?> field, EventType type) {
    List<String> choices = new ArrayList<>(field.codec().choices());
    if (choices.contains(type.name())) {
      return Api.object("type", "string", "const", type.name());
    }
    return choices.isEmpty() ? schema(field.codec().fieldType()) : Api.enumOf(choices);
  }

  private static Map<String, Object> schema(FieldType type) {
    return switch (type) {
      case KEYWORD, LOWERCASE_KEYWORD, TEXT, TEXT_WITH_KEYWORD, TEXT_WITH_WORDS, WORDS ->
          Api.text();
      case IP ->
          Api.object(
              "type",
              "string",
              "anyOf",
              List.of(Api.object("format", "ipv4"), Api.object("format", "ipv6")));
      case BYTE, LONG -> Api.object("type", "integer", "format", "int64", "minimum", 0);
      case DOUBLE -> Api.object("type", "number", "minimum", 0, "maximum", 1_000_000_000);
      case DATE_NANOS -> Api.object("type", "string", "format", "date-time");
      case FLATTENED ->
          Api.object("type", "object", "maxProperties", 32, "additionalProperties", Api.text());
    };
  }
}
