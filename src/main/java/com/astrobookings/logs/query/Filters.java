package com.astrobookings.logs.query;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Field;
import com.astrobookings.logs.event.value.FieldCodecs;
import com.astrobookings.logs.event.value.FieldType;
import com.astrobookings.logs.store.Filter;
import com.astrobookings.logs.web.parameter.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the filter parameters, which are declared with the fields of events. */
final class Filters {

  /** The same as the bound on terms of free text. */
  private static final int MAX_VALUES = 200;

  private static final Map<String, List<Field<?>>> DECLARED = declared();

  private final Parameters parameters;
  private final List<Filter> filters = new ArrayList<>();
  private final Set<EventType> asked;

  /** The types that have all fields of the filters read so far. */
  private final Set<EventType> possible;

  private int values;

  private Filters(Parameters parameters, Set<EventType> types) {
    this.parameters = parameters;
    this.asked = types.isEmpty() ? EnumSet.allOf(EventType.class) : EnumSet.copyOf(types);
    this.possible = EnumSet.copyOf(asked);
  }

  /**
   * Reads the filters: all together of at most 200 values, for each of them costs the store.
   *
   * @param types the types asked for, which must be able to have the fields; empty for all
   */
  static List<Filter> read(Parameters parameters, Set<EventType> types) {
    Filters filters = new Filters(parameters, types);
    DECLARED.forEach(filters::read);
    return filters.filters;
  }

  private void read(String name, List<Field<?>> fields) {
    Field<?> field = fields.getFirst();
    if (field.codec().fieldType() != FieldType.FLATTENED) {
      Set<String> values = parameters.repeated(name, field.codec()::parseFilter);
      add(name, field.path(), values, fields);
      return;
    }
    for (String keyed : parameters.keyed(name)) {
      String key = keyed.substring(name.length() + 1);
      if (FieldCodecs.isLabelKey(key)) {
        Set<String> values = parameters.repeatedOrEmpty(keyed, field.codec()::parseFilter);
        add(keyed, field.path() + "." + key, values, fields);
      } else {
        parameters.fault(keyed, "has a key that is not 1 to 64 of a-z 0-9 _ . (lower case only)");
      }
    }
  }

  private void add(String name, String path, Set<String> values, List<Field<?>> fields) {
    int before = this.values;
    this.values += values.size();
    if (this.values > MAX_VALUES) {
      if (before <= MAX_VALUES) {
        parameters.fault(
            name, "from here on there are more than %d values of filters".formatted(MAX_VALUES));
      }
    } else if (!values.isEmpty()) {
      filters.add(new Filter(path, new TreeSet<>(values)));
      checkThatTypesCanHaveIt(name, fields);
    }
  }

  private void checkThatTypesCanHaveIt(String name, List<Field<?>> fields) {
    Set<EventType> owners =
        Arrays.stream(EventType.values())
            .filter(type -> EventSchema.fieldsOf(type).stream().anyMatch(fields::contains))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventType.class)));
    if (owners.stream().noneMatch(asked::contains)) {
      parameters.fault(
          name,
          "selects nothing: only %s events have it, and type asks for %s"
              .formatted(names(owners), names(asked)));
    } else if (!possible.isEmpty()) {
      possible.retainAll(owners);
      if (possible.isEmpty()) {
        parameters.fault(name, "selects nothing: no event has all that is filtered by");
      }
    }
  }

  private static String names(Set<EventType> types) {
    return types.stream().map(Enum::name).collect(Collectors.joining(", "));
  }

  private static Map<String, List<Field<?>>> declared() {
    Map<String, List<Field<?>>> filters = new LinkedHashMap<>();
    for (Field<?> field : EventSchema.fields().values()) {
      String filter = field.filter();
      if (filter != null) {
        filters.computeIfAbsent(filter, name -> new ArrayList<>()).add(field);
      }
    }
    return filters;
  }
}
