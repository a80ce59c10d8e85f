package com.astrobookings.logs.event.value;

import com.astrobookings.logs.event.text.Nearest;
import com.astrobookings.logs.event.value.Violation.Rule;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** One of a closed set of names. */
final class EnumKind<E extends Enum<E>> extends Kind<E> {

  private final List<E> constants;
  private final Function<E, String> stored;

  EnumKind(Class<E> type, Function<E, String> stored) {
    super(FieldType.KEYWORD);
    this.constants = List.of(type.getEnumConstants());
    this.stored = stored;
  }

  @Override
  public @Nullable E read(JsonParser parser, EventLimits limits, Violation.Sink violations) {
    String name = string(parser, violations);
    if (name == null) {
      return null;
    }
    Optional<E> constant = find(name, Enum::name);
    if (constant.isEmpty()) {
      violations.add("", Rule.FORMAT, "must be " + names());
    }
    return constant.orElse(null);
  }

  @Override
  public List<String> choices() {
    return constants.stream().map(Enum::name).toList();
  }

  @Override
  public String parseFilter(String text) {
    E constant = find(text, Enum::name).orElse(null);
    if (constant == null) {
      throw new InvalidValueException("must be " + names() + Nearest.hint(text, choices()));
    }
    return stored.apply(constant);
  }

  @Override
  public void write(JsonGenerator generator, E value) {
    generator.writeString(value.name());
  }

  @Override
  public void store(JsonGenerator generator, E value) {
    generator.writeString(stored.apply(value));
  }

  @Override
  public E restore(JsonParser parser) {
    return find(parser.getString(), stored)
        .orElseThrow(() -> new IllegalArgumentException("The stored value must be " + names()));
  }

  private Optional<E> find(String name, Function<E, String> spelling) {
    return constants.stream().filter(c -> spelling.apply(c).equals(name)).findFirst();
  }

  private String names() {
    return constants.stream().map(Enum::name).collect(Collectors.joining(", ", "one of ", ""));
  }
}
