package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.FieldCodecs;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;

/** Converts events to the documents that Elasticsearch stores, and back. */
public final class EventDocument {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String INGESTED = "event.ingested";
  private static final Map<EventType, List<DocumentObject>> OBJECTS = objects();
  private static final Node ROOT = tree();
  private static final Node TYPE = ROOT.add(Envelope.TYPE.path());
  private static final Set<String> TYPE_NAMES = Set.copyOf(Envelope.TYPE.codec().choices());

  private EventDocument() {}

  /** Returns the document of {@code stored} as compact UTF-8 JSON without line breaks. */
  public static byte[] write(StoredEvent stored) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(stored, generator);
    }
    return bytes.toByteArray();
  }

  /** Writes the document of {@code stored} as one JSON object. */
  public static void write(StoredEvent stored, JsonGenerator generator) {
    generator.writeStartObject();
    EventType type = Objects.requireNonNull(stored.event().type(), "of an unknown type");
    for (DocumentObject object : Objects.requireNonNull(OBJECTS.get(type))) {
      object.write(generator, stored);
    }
    generator.writeEndObject();
  }

  /**
   * Reads a document that {@link #write(StoredEvent)} wrote; see {@link #read(JsonParser)} for
   * errors.
   */
  public static StoredEvent read(byte[] document) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), document)) {
      parser.nextToken();
      return read(parser);
    }
  }

  /**
   * Reads a document. The parser stands on its first token and is left on its last one. Fields that
   * are unknown here, because a newer service wrote them, are skipped; of an unknown type the
   * result is an {@link LogEvent.Unknown}.
   *
   * @throws IllegalArgumentException if the document is not that of an event
   */
  public static StoredEvent read(JsonParser parser) {
    return new Reading().read(parser);
  }

  /** One document while it is read. */
  private static final class Reading {

    private final Values values = new Values();
    private @Nullable Instant ingested;
    private @Nullable String unknownType;

    StoredEvent read(JsonParser parser) {
      readObject(parser, ROOT);
      if (ingested == null) {
        throw new IllegalArgumentException("The document has no " + INGESTED);
      }
      Envelope envelope =
          Envelope.of(values, values.require(Envelope.ID), values.require(Envelope.TIMESTAMP));
      LogEvent event =
          unknownType == null
              ? values.require(Envelope.TYPE).create(envelope, values)
              : new LogEvent.Unknown(envelope, unknownType);
      return new StoredEvent(event, ingested);
    }

    private void readObject(JsonParser parser, Node object) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        Node node = object.children.get(parser.currentName());
        JsonToken value = parser.nextToken();
        if (node == null) {
          parser.skipChildren();
        } else if (node.path.equals(INGESTED)) {
          ingested = FieldCodecs.INSTANT.restore(parser);
        } else if (node == TYPE && isUnknownType(parser)) {
          unknownType = parser.getString();
        } else if (!node.fields.isEmpty()) {
          restore(node.fields, parser);
        } else if (value == JsonToken.START_OBJECT) {
          readObject(parser, node);
        } else {
          parser.skipChildren();
        }
      }
    }

    private static boolean isUnknownType(JsonParser parser) {
      return parser.currentToken() == JsonToken.VALUE_STRING
          && !TYPE_NAMES.contains(parser.getString());
    }

    /**
     * Fields of several types at one path have the same codec; the type selects among them later.
     */
    @SuppressWarnings("unchecked")
    private void restore(List<Field<?>> fields, JsonParser parser) {
      Object value = fields.getFirst().codec().restore(parser);
      fields.forEach(field -> values.put((Field<Object>) field, value));
    }
  }

  private static Map<EventType, List<DocumentObject>> objects() {
    Map<EventType, List<DocumentObject>> objects = new EnumMap<>(EventType.class);
    for (EventType type : EventType.values()) {
      List<DocumentField<?>> fields =
          EventSchema.document().stream().filter(field -> field.belongsTo(type)).toList();
      List<DocumentObject> ofType = new ArrayList<>();
      for (int from = 0, to; from < fields.size(); from = to) {
        String object = fields.get(from).object();
        for (to = from + 1; to < fields.size() && fields.get(to).object().equals(object); ) {
          to++;
        }
        ofType.add(new DocumentObject(object, fields.subList(from, to)));
      }
      objects.put(type, List.copyOf(ofType));
    }
    return objects;
  }

  private static Node tree() {
    Node root = new Node("");
    root.add(INGESTED);
    EventSchema.fields().values().forEach(field -> root.add(field.path()).fields.add(field));
    return root;
  }

  /** A place in a document: an object or a value. */
  private static final class Node {

    private final String path;
    private final Map<String, Node> children = new HashMap<>();
    private final List<Field<?>> fields = new ArrayList<>();

    Node(String path) {
      this.path = path;
    }

    Node add(String below) {
      int dot = below.indexOf('.');
      String name = dot < 0 ? below : below.substring(0, dot);
      String place = path.isEmpty() ? name : path + "." + name;
      Node child = children.computeIfAbsent(name, added -> new Node(place));
      return dot < 0 ? child : child.add(below.substring(dot + 1));
    }
  }

  /** The fields of one object of a document, or consecutive ones of its root. */
  private static final class DocumentObject {

    private final @Nullable SerializedString name;
    private final DocumentField<?>[] fields;

    DocumentObject(String name, List<DocumentField<?>> fields) {
      this.name = name.isEmpty() ? null : new SerializedString(name);
      this.fields = fields.toArray(DocumentField<?>[]::new);
    }

    /** Writes the fields that have a value, in their object; nothing if none has one. */
    void write(JsonGenerator generator, StoredEvent stored) {
      boolean open = name == null;
      for (DocumentField<?> field : fields) {
        open = write(field, generator, stored, open);
      }
      if (open && name != null) {
        generator.writeEndObject();
      }
    }

    private <T> boolean write(
        DocumentField<T> field, JsonGenerator generator, StoredEvent stored, boolean open) {
      T value = field.valueIn(stored);
      if (value == null) {
        return open;
      }
      if (!open) {
        generator.writeName(Objects.requireNonNull(name));
        generator.writeStartObject();
      }
      field.write(generator, value);
      return true;
    }
  }
}
