package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.FieldType;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A field of the stored document: a member that producers send, or what follows from one.
 *
 * @param <T> the type of a value
 */
final class DocumentField<T> {

  private final String path;
  private final FieldType fieldType;
  private final Function<StoredEvent, @Nullable T> getter;
  private final BiConsumer<JsonGenerator, T> writer;

  private DocumentField(
      String path,
      FieldType fieldType,
      Function<StoredEvent, @Nullable T> getter,
      BiConsumer<JsonGenerator, T> writer) {
    this.path = path;
    this.fieldType = fieldType;
    this.getter = getter;
    this.writer = writer;
  }

  static <T> DocumentField<T> of(Field<T> field) {
    return new DocumentField<>(
        field.path(),
        field.kind().fieldType(),
        stored -> field.valueIn(stored.event()),
        field.kind()::store);
  }

  static DocumentField<String> text(
      String path, FieldType type, Function<StoredEvent, @Nullable String> getter) {
    return new DocumentField<>(path, type, getter, JsonGenerator::writeString);
  }

  static DocumentField<Long> number(
      String path, FieldType type, Function<StoredEvent, @Nullable Long> getter) {
    return new DocumentField<>(path, type, getter, JsonGenerator::writeNumber);
  }

  /** Where it stands in the document, object names joined by dots. */
  String path() {
    return path;
  }

  FieldType fieldType() {
    return fieldType;
  }

  /** Writes the value if the event has one, after {@code name} has been run. */
  void write(JsonGenerator generator, StoredEvent stored, Runnable name) {
    T value = getter.apply(stored);
    if (value != null) {
      name.run();
      writer.accept(generator, value);
    }
  }
}
