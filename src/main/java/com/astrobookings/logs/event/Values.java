package com.astrobookings.logs.event;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the member values of one event while it is decoded, in the order of the text. An event
 * has so few members that a linear search is faster than a map. Can be used again after {@link
 * #clear}. Not safe for use by several threads.
 */
final class Values {

  private static final Object NULL = new Object();
  private static final Object UNREADABLE = new Object();

  private @Nullable Field<?>[] fields = new Field<?>[16];
  private @Nullable Object[] values = new Object[16];
  private int size;

  /** Removes all members. */
  void clear() {
    Arrays.fill(fields, 0, size, null);
    Arrays.fill(values, 0, size, null);
    size = 0;
  }

  /** Adds a member without a value; returns false if the event has it already. */
  boolean add(Field<?> field) {
    if (indexOf(field) >= 0) {
      return false;
    }
    append(field, NULL);
    return true;
  }

  /** Sets the value of a member, which is added if the event does not have it. */
  <T> void put(Field<T> field, T value) {
    set(field, value);
  }

  /** Records that the member has a value that breaks a rule. */
  void markUnreadable(Field<?> field) {
    set(field, UNREADABLE);
  }

  private void set(Field<?> field, Object value) {
    int index = indexOf(field);
    if (index >= 0) {
      values[index] = value;
    } else {
      append(field, value);
    }
  }

  private void append(Field<?> field, Object value) {
    if (size == fields.length) {
      fields = Arrays.copyOf(fields, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    fields[size] = field;
    values[size++] = value;
  }

  private int indexOf(Field<?> field) {
    // The last member is the one that is looked for most: it has just been added.
    for (int i = size - 1; i >= 0; i--) {
      if (fields[i] == field) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the value; null if the member is absent, null or unreadable. */
  @SuppressWarnings("unchecked") // put stores nothing else under this field
  <T> @Nullable T get(Field<T> field) {
    int index = indexOf(field);
    Object value = index < 0 ? null : values[index];
    return value == NULL || value == UNREADABLE ? null : (T) value;
  }

  /**
   * Returns the value.
   *
   * @throws IllegalArgumentException if the member is absent, null or unreadable
   */
  <T> T require(Field<T> field) {
    T value = get(field);
    if (value == null) {
      throw new IllegalArgumentException("The event has no " + field.name());
    }
    return value;
  }

  /** Whether the member has a value, readable or not. */
  boolean isPresent(Field<?> field) {
    int index = indexOf(field);
    return index >= 0 && values[index] != NULL;
  }

  /** Returns the number of members, those without a value included. */
  int size() {
    return size;
  }

  /** Returns the member at {@code index}, from 0 in the order of the text. */
  Field<?> field(int index) {
    Field<?> field = fields[index];
    if (field == null) {
      throw new IndexOutOfBoundsException(index);
    }
    return field;
  }
}
