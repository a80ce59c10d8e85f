package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.FieldType;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/**
 * A field of the stored document: a member of the event, or a value derived from it.
 *
 * @param <T> the type of a value
 */
final class DocumentField<T> {

  private final String path;
  private final SerializedString name;
  private final FieldType fieldType;
  private final @Nullable Field<T> member;
  private final Function<StoredEvent, @Nullable T> getter;
  private final BiConsumer<JsonGenerator, T> writer;

  private DocumentField(
      String path,
      FieldType fieldType,
      @Nullable Field<T> member,
      Function<StoredEvent, @Nullable T> getter,
      BiConsumer<JsonGenerator, T> writer) {
    this.path = path;
    this.name = new SerializedString(path.substring(path.indexOf('.') + 1));
    this.fieldType = fieldType;
    this.member = member;
    this.getter = getter;
    this.writer = writer;
  }

  static <T> DocumentField<T> of(Field<T> field) {
    return new DocumentField<>(
        field.path(),
        field.codec().fieldType(),
        field,
        stored -> field.valueIn(stored.event()),
        field.codec()::store);
  }

  static DocumentField<String> text(
      String path, FieldType type, Function<StoredEvent, @Nullable String> getter) {
    return new DocumentField<>(path, type, null, getter, JsonGenerator::writeString);
  }

  static DocumentField<Long> number(
      String path, FieldType type, Function<StoredEvent, @Nullable Long> getter) {
    return new DocumentField<>(path, type, null, getter, JsonGenerator::writeNumber);
  }

  /** The object it belongs to and its name, joined by a dot; the name alone at the root. */
  String path() {
    return path;
  }

  /** The name of the object it belongs to; empty at the root. */
  String object() {
    return path.substring(0, Math.max(0, path.indexOf('.')));
  }

  FieldType fieldType() {
    return fieldType;
  }

  /** Whether documents of events of this type may have the field. */
  boolean belongsTo(EventType type) {
    return member == null || member.belongsTo(type);
  }

  /** Returns the value; null if the event has none. */
  @Nullable T valueIn(StoredEvent stored) {
    return getter.apply(stored);
  }

  /** Writes name and value. */
  void write(JsonGenerator generator, T value) {
    generator.writeName(name);
    writer.accept(generator, value);
  }
}
