package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.Field;
import com.astrobookings.logs.event.text.Nearest;
import com.astrobookings.logs.event.value.FieldCodecs;
import com.astrobookings.logs.event.value.FieldType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A field of the stored documents that a query can name.
 *
 * @param path its name
 * @param type what it can hold
 */
public record KqlField(String path, FieldType type) {

  private static final String LABELS = "labels";
  private static final String LABEL = LABELS + ".";
  private static final Map<String, FieldType> KNOWN = known();

  /** The fields in which words are searched that name no field, sub-fields included. */
  static final List<KqlField> FREE_TEXT =
      KNOWN.entrySet().stream()
          .filter(field -> field.getValue().isFreeText())
          .map(field -> new KqlField(field.getKey(), field.getValue()))
          .toList();

  /**
   * Returns the field of that name, or those that match a pattern.
   *
   * @throws com.astrobookings.logs.event.value.InvalidValueException if there is none; its message
   *     suggests the nearest name
   */
  static List<KqlField> named(Token token, WildcardPattern name) {
    if (name.beginsWithWildcard()) {
      throw KqlFault.at(token, "the name of a field cannot begin with a wildcard");
    }
    List<KqlField> found =
        KNOWN.entrySet().stream()
            .filter(field -> name.matches(field.getKey()))
            .map(field -> new KqlField(field.getKey(), field.getValue()))
            .toList();
    if (!found.isEmpty()) {
      return found;
    }
    if (!name.hasWildcard() && isLabel(name.text())) {
      return List.of(new KqlField(name.text(), FieldType.FLATTENED));
    }
    throw KqlFault.at(
        token, "there is no field " + KqlFault.show(name.text()) + instead(name.text()));
  }

  private static boolean isLabel(String path) {
    return path.startsWith(LABEL) && FieldCodecs.isLabelKey(path.substring(LABEL.length()));
  }

  /** Returns the path without the key of a label. */
  String root() {
    return path.startsWith(LABEL) ? LABELS : path;
  }

  private static String instead(String name) {
    if (name.startsWith(LABEL)) {
      return "; a label is labels. and its whole key, of a-z 0-9 _ .";
    }
    Field<?> member = EventSchema.fields().get(name);
    return member == null
        ? Nearest.hint(name, KNOWN.keySet())
        : "; in documents it is " + member.path();
  }

  private static Map<String, FieldType> known() {
    Map<String, FieldType> fields = new TreeMap<>(EventSchema.fieldTypes());
    EventSchema.fieldTypes()
        .forEach((path, type) ->
            type.subFields().forEach((name, sub) -> fields.put(path + "." + name, sub)));
    return fields;
  }
}
