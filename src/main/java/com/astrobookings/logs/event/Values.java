package com.astrobookings.logs.event;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of one event while it is put together. Not safe for use by several threads. */
final class Values {

  private static final Object NOTHING = new Object();
  private static final Object UNREADABLE = new Object();

  private final Map<Field<?>, Object> values = new LinkedHashMap<>();

  /** Notes that the member occurs; false if it did before. */
  boolean mention(Field<?> field) {
    return values.putIfAbsent(field, NOTHING) == null;
  }

  <T> void put(Field<T> field, T value) {
    values.put(field, value);
  }

  /** Notes that the member has a value that broke a rule. */
  void markUnreadable(Field<?> field) {
    values.put(field, UNREADABLE);
  }

  /** The value; null if the member is absent, null or unreadable. */
  @SuppressWarnings("unchecked") // put stores nothing else under this field
  <T> @Nullable T get(Field<T> field) {
    Object value = values.get(field);
    return value == NOTHING || value == UNREADABLE ? null : (T) value;
  }

  <T> T require(Field<T> field) {
    T value = get(field);
    if (value == null) {
      throw new IllegalArgumentException("The event has no " + field.name());
    }
    return value;
  }

  /** Whether the member has a value, readable or not. */
  boolean stated(Field<?> field) {
    Object value = values.get(field);
    return value != null && value != NOTHING;
  }

  /** The members that have a value, readable or not, in the order of the text. */
  Iterable<Field<?>> all() {
    return values.keySet().stream().filter(this::stated).toList();
  }
}
