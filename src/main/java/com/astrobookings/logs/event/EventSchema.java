package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.FieldType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks up what the event types declare about their fields. Immutable. */
public final class EventSchema {

  /**
   * The version of the mapping of the documents. It grows by one whenever a field is added, so that
   * an older service can tell that a newer one has updated the mapping of an index.
   */
  public static final int VERSION = 2;

  private static final Map<String, Field<?>> BY_NAME = byName();
  private static final Map<EventType, List<Field<?>>> BY_TYPE = byType();
  private static final List<DocumentField<?>> DOCUMENT = documentFields();

  private EventSchema() {}

  /** Every member of any type by its name: those of all types first, then in declaration order. */
  public static Map<String, Field<?>> fields() {
    return BY_NAME;
  }

  /**
   * The members that an event of {@code type} may have, in the order in which answers show them.
   */
  public static List<Field<?>> fieldsOf(EventType type) {
    return Objects.requireNonNull(BY_TYPE.get(type));
  }

  /** The path of every field of the stored document, with how it is indexed. */
  public static SortedMap<String, FieldType> fieldTypes() {
    SortedMap<String, FieldType> types = new TreeMap<>();
    DOCUMENT.forEach(field -> types.put(field.path(), field.fieldType()));
    return types;
  }

  /** The paths of the fields that hold free text, sorted; without their sub-fields. */
  public static List<String> freeText() {
    return DOCUMENT.stream()
        .filter(field -> field.fieldType().isFreeText())
        .map(DocumentField::path)
        .toList();
  }

  /** Every field that a document may have, sorted by path, so that objects are contiguous. */
  static List<DocumentField<?>> document() {
    return DOCUMENT;
  }

  private static Map<String, Field<?>> byName() {
    Map<String, Field<?>> fields = new LinkedHashMap<>();
    declared()
        .forEach(field -> {
          if (fields.put(field.name(), field) != null) {
            throw new IllegalStateException(
                "Two types declare a member named %s; names are unique, because the type may follow"
                        .formatted(field.name())
                    + " the other members");
          }
        });
    return Collections.unmodifiableMap(fields);
  }

  private static Map<EventType, List<Field<?>>> byType() {
    Map<EventType, List<Field<?>>> types = new EnumMap<>(EventType.class);
    for (EventType type : EventType.values()) {
      List<Field<?>> fields = new ArrayList<>(Envelope.FIELDS);
      fields.addAll(fields.indexOf(Envelope.LABELS), type.fields());
      types.put(type, List.copyOf(fields));
    }
    return types;
  }

  private static List<DocumentField<?>> documentFields() {
    return Stream.<DocumentField<?>>concat(
            declared().map(DocumentField::of), Derivations.FIELDS.stream())
        .sorted(Comparator.comparing(DocumentField::path))
        .toList();
  }

  private static Stream<Field<?>> declared() {
    return Stream.concat(
        Envelope.FIELDS.stream(),
        Arrays.stream(EventType.values()).flatMap(type -> type.fields().stream()));
  }
}
