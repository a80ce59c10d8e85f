package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.FieldCodec;
import com.astrobookings.logs.event.value.Violation;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/**
 * Declares a member of an event: its name in the API, its path in the document and the codec of its
 * values. Decoding, documents, mappings, filters and the API description are derived from it.
 *
 * @param <T> the type of a value
 */
public final class Field<T> {

  private final Class<? extends LogEvent> owner;
  private final String name;
  private final String pointer;
  private final SerializedString key;
  private final String path;
  private final FieldCodec<T> codec;
  private final boolean required;
  private final String description;
  private final @Nullable String filter;
  private final boolean personal;
  private final Function<LogEvent, @Nullable T> getter;

  private Field(
      Class<? extends LogEvent> owner,
      String name,
      String path,
      FieldCodec<T> codec,
      boolean required,
      String description,
      @Nullable String filter,
      boolean personal,
      Function<LogEvent, @Nullable T> getter) {
    this.owner = owner;
    this.name = name;
    this.pointer = Violation.token(name);
    this.key = new SerializedString(name);
    this.path = path;
    this.codec = codec;
    this.required = required;
    this.description = description;
    this.filter = filter;
    this.personal = personal;
    this.getter = getter;
  }

  static <E extends LogEvent, T> Field<T> required(
      Class<E> owner,
      String name,
      String path,
      FieldCodec<T> codec,
      Function<E, @Nullable T> getter) {
    return new Field<>(
        owner, name, path, codec.whenRequired(), true, name, null, false, of(owner, getter));
  }

  static <E extends LogEvent, T> Field<T> optional(
      Class<E> owner,
      String name,
      String path,
      FieldCodec<T> codec,
      Function<E, @Nullable T> getter) {
    return new Field<>(owner, name, path, codec, false, name, null, false, of(owner, getter));
  }

  Field<T> describedAs(String text) {
    return new Field<>(owner, name, path, codec, required, text, filter, personal, getter);
  }

  /** The same field, by which events can be selected. */
  Field<T> filtered() {
    return filteredAs(name);
  }

  Field<T> filteredAs(String parameter) {
    return new Field<>(
        owner, name, path, codec, required, description, parameter, personal, getter);
  }

  /** The same field, whose value is personal data. */
  Field<T> aboutAPerson() {
    return new Field<>(owner, name, path, codec, required, description, filter, true, getter);
  }

  private static <E extends LogEvent, T> Function<LogEvent, @Nullable T> of(
      Class<E> owner, Function<E, @Nullable T> getter) {
    return event -> owner.isInstance(event) ? getter.apply(owner.cast(event)) : null;
  }

  /** The name in the API, in camelCase. */
  public String name() {
    return name;
  }

  /** JSON Pointer (RFC 6901) to the member in an event. */
  String pointer() {
    return pointer;
  }

  /** Whether events of this type may have the member. */
  boolean belongsTo(EventType type) {
    return owner.isAssignableFrom(type.eventClass());
  }

  /** The path in the document, with object names joined by dots. */
  public String path() {
    return path;
  }

  /** The codec of the values. */
  public FieldCodec<T> codec() {
    return codec;
  }

  /** Whether every event that has this field must state it. */
  public boolean required() {
    return required;
  }

  /** What the member means, as a phrase for descriptions. */
  public String description() {
    return description;
  }

  /**
   * The parameter that selects events by this field; null if there is none. Fields of several types
   * may share one. Of a field with keys, it is what stands before the dot and the key.
   */
  public @Nullable String filter() {
    return filter;
  }

  /** Whether the value is personal data, which requires a scope of its own to read. */
  public boolean personal() {
    return personal;
  }

  /**
   * The value in {@code event}; null if the event does not state it or its type has no such field.
   */
  public @Nullable T valueIn(LogEvent event) {
    return getter.apply(event);
  }

  /** Writes name and value as responses contain them; nothing if the event has no value. */
  public void write(JsonGenerator generator, LogEvent event) {
    T value = valueIn(event);
    if (value != null) {
      generator.writeName(key);
      codec.write(generator, value);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
