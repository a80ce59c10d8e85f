package com.astrobookings.logs.query.export;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Field;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.FieldCodecs;
import com.astrobookings.logs.event.value.FieldType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table of events.
 *
 * @param name its name: that of a member, or {@code label.} and the key of a label
 * @param personal whether its values are personal data
 * @param number whether its values are numbers
 * @param cell the text of its cell in the row of an event; null if the event has no value
 */
public record Column(
    String name, boolean personal, boolean number, Function<StoredEvent, @Nullable String> cell) {

  private static final String RECEIVED_AT = "receivedAt";
  private static final String TIMESTAMP = "timestamp";
  private static final String TYPE = "type";
  private static final String LABEL = "label.";

  /**
   * Returns the columns for all members that events of some types can have, by their names, in the
   * order in which answers show them.
   */
  public static Map<String, Column> of(Set<EventType> types) {
    Map<String, Column> columns = new LinkedHashMap<>();
    for (Field<?> field : EventSchema.fields().values()) {
      if (types.stream().anyMatch(type -> EventSchema.fieldsOf(type).contains(field))) {
        columns.put(field.name(), of(field));
        if (field.name().equals(TIMESTAMP)) {
          columns.put(RECEIVED_AT, receivedAt());
        }
      }
    }
    // The labels come last, as in answers: what all types have is declared first.
    Column labels = columns.remove("labels");
    if (labels != null) {
      columns.put("labels", labels);
    }
    return columns;
  }

  /**
   * Returns the column of one label.
   *
   * @return null if {@code name} is not that of a label
   */
  public static @Nullable Column label(String name) {
    if (!name.startsWith(LABEL) || !FieldCodecs.isLabelKey(name.substring(LABEL.length()))) {
      return null;
    }
    String key = name.substring(LABEL.length());
    return new Column(name, false, false, stored -> stored.event().envelope().labels().get(key));
  }

  private static Column receivedAt() {
    return new Column(
        RECEIVED_AT, false, false, stored -> FieldCodecs.INSTANT.text(stored.receivedAt()));
  }

  private static <T> Column of(Field<T> field) {
    FieldType type = field.codec().fieldType();
    boolean number = type == FieldType.LONG || type == FieldType.DOUBLE;
    return new Column(
        field.name(), field.personal(), number, stored -> text(field, stored.event()));
  }

  private static <T> @Nullable String text(Field<T> field, LogEvent event) {
    if (event instanceof LogEvent.Unknown unknown && field.name().equals(TYPE)) {
      return unknown.typeName();
    }
    T value = field.valueIn(event);
    return value == null ? null : field.codec().text(value);
  }
}
