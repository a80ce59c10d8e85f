package com.astrobookings.logs.elastic.index;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.value.FieldType;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The shape of the stored documents.
 *
 * @param version grows with every added field
 * @param types how each field is indexed, by its path
 */
public record IndexSchema(int version, SortedMap<String, FieldType> types) {

  /** Keeps a copy. */
  public IndexSchema {
    types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
  }

  /** The shape of the events as they are declared. */
  public static IndexSchema declared() {
    return new IndexSchema(EventSchema.VERSION, EventSchema.fieldTypes());
  }

  /** Where words are looked for that name no field. */
  List<String> defaultFields() {
    return types.entrySet().stream()
        .filter(entry -> entry.getValue().isFreeText())
        .flatMap(entry -> withSubFields(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Stream<String> withSubFields(String path, FieldType type) {
    return Stream.concat(
        Stream.of(path),
        type.subFields().entrySet().stream()
            .filter(sub -> sub.getValue().isFreeText())
            .map(sub -> path + "." + sub.getKey()));
  }
}
