package com.astrobookings.logs.event.value;

import com.astrobookings.logs.event.text.Nearest;
import com.astrobookings.logs.event.value.Violation.Rule;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** A constant of an enum. */
final class EnumCodec<E extends Enum<E>> extends FieldCodec<E> {

  private final List<E> constants;
  private final List<String> names;
  private final List<String> stored;

  EnumCodec(Class<E> type, Function<E, String> stored) {
    super(FieldType.KEYWORD);
    this.constants = List.of(type.getEnumConstants());
    this.names = constants.stream().map(Enum::name).toList();
    this.stored = constants.stream().map(stored).toList();
  }

  @Override
  public @Nullable E read(JsonParser parser, EventLimits limits, Violation.Sink violations) {
    String name = string(parser, violations);
    if (name == null) {
      return null;
    }
    int index = names.indexOf(name);
    if (index < 0) {
      violations.add("", Rule.FORMAT, "must be " + alternatives());
      return null;
    }
    return constants.get(index);
  }

  @Override
  public List<String> choices() {
    return names;
  }

  @Override
  public String parseFilter(String text) {
    int index = names.indexOf(text);
    if (index < 0) {
      throw new InvalidValueException("must be " + alternatives() + Nearest.hint(text, names));
    }
    return stored.get(index);
  }

  @Override
  public void write(JsonGenerator generator, E value) {
    generator.writeString(text(value));
  }

  @Override
  public String text(E value) {
    return value.name();
  }

  @Override
  public void store(JsonGenerator generator, E value) {
    generator.writeString(stored.get(constants.indexOf(value)));
  }

  @Override
  public E restore(JsonParser parser) {
    int index = stored.indexOf(parser.getString());
    if (index < 0) {
      throw new IllegalArgumentException("The stored value must be " + alternatives());
    }
    return constants.get(index);
  }

  private String alternatives() {
    return "one of " + String.join(", ", names);
  }
}
