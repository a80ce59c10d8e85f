package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.Kinds;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Events as documents: what the store holds of them. */
public final class EventDocument {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String INGESTED = "event.ingested";
  private static final Map<String, List<Field<?>>> BY_PATH = byPath();

  private EventDocument() {}

  /** The document of {@code stored} as compact UTF-8 JSON without line breaks. */
  public static byte[] write(StoredEvent stored) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      generator.writeStartObject();
      Nesting nesting = new Nesting(generator);
      for (DocumentField<?> field : EventSchema.document()) {
        field.write(generator, stored, () -> nesting.enter(field.path()));
      }
      nesting.leave();
      generator.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** Reads a document that {@link #write} wrote; see {@link #read(JsonParser)}. */
  public static StoredEvent read(byte[] document) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), document)) {
      parser.nextToken();
      return read(parser);
    }
  }

  /**
   * Reads a document. The parser stands on its start and is left on its end. Fields that are
   * unknown here, because a newer service wrote them, are passed over.
   *
   * @throws IllegalArgumentException if the document is not one of an event
   */
  public static StoredEvent read(JsonParser parser) {
    Values values = new Values();
    Instant ingested = readObject(parser, "", values, null);
    if (ingested == null) {
      throw new IllegalArgumentException("The document has no " + INGESTED);
    }
    Envelope envelope =
        Envelope.of(values, values.require(Envelope.ID), values.require(Envelope.TIMESTAMP));
    return new StoredEvent(values.require(Envelope.TYPE).create(envelope, values), ingested);
  }

  private static @Nullable Instant readObject(
      JsonParser parser, String prefix, Values values, @Nullable Instant ingested) {
    Instant found = ingested;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String path = prefix + parser.currentName();
      parser.nextToken();
      List<Field<?>> fields = BY_PATH.get(path);
      if (path.equals(INGESTED)) {
        found = Kinds.INSTANT.restore(parser);
      } else if (fields != null) {
        restore(fields, parser, values);
      } else if (parser.currentToken() == JsonToken.START_OBJECT) {
        found = readObject(parser, path + ".", values, found);
      } else {
        parser.skipChildren();
      }
    }
    return found;
  }

  /** Types that share a path share the spelling; the type decides later which field it was. */
  @SuppressWarnings("unchecked")
  private static void restore(List<Field<?>> fields, JsonParser parser, Values values) {
    Object value = fields.getFirst().kind().restore(parser);
    fields.forEach(field -> values.put((Field<Object>) field, value));
  }

  private static Map<String, List<Field<?>>> byPath() {
    Map<String, List<Field<?>>> fields = new HashMap<>();
    EventSchema.fields()
        .values()
        .forEach(f -> fields.computeIfAbsent(f.path(), path -> new ArrayList<>()).add(f));
    return Map.copyOf(fields);
  }

  /** The object that is open below the root; paths arrive sorted and have at most two names. */
  private static final class Nesting {

    private final JsonGenerator generator;
    private String open = "";

    Nesting(JsonGenerator generator) {
      this.generator = generator;
    }

    void enter(String path) {
      String object = path.substring(0, path.indexOf('.') + 1);
      if (!object.equals(open)) {
        leave();
        if (!object.isEmpty()) {
          generator.writeName(object.substring(0, object.length() - 1));
          generator.writeStartObject();
        }
        open = object;
      }
      generator.writeName(path.substring(object.length()));
    }

    void leave() {
      if (!open.isEmpty()) {
        generator.writeEndObject();
        open = "";
      }
    }
  }
}
