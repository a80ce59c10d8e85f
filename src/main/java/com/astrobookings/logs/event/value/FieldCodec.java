package com.astrobookings.logs.event.value;

import com.astrobookings.logs.event.value.Violation.Rule;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * How the values of a member are spelled: as JSON from a producer, as JSON in the stored document,
 * and as JSON in an answer. Reading normalises, so that equal values are equal objects.
 *
 * <p>Instances are immutable and safe for use by several threads.
 *
 * @param <T> the type of a value
 */
public abstract class FieldCodec<T> {

  private final FieldType fieldType;

  FieldCodec(FieldType fieldType) {
    this.fieldType = fieldType;
  }

  /** How the stored value is indexed. */
  public final FieldType fieldType() {
    return fieldType;
  }

  /**
   * Reads the value a producer sent. The parser stands on the value's first token and is left on
   * its last.
   *
   * @return the normalised value, or null when it broke a rule; each broken rule went to the sink
   */
  public abstract @Nullable T read(
      JsonParser parser, EventLimits limits, Violation.Sink violations);

  /** The same codec for a member that must be stated: the advice to leave it out is none then. */
  public FieldCodec<T> whenRequired() {
    return this;
  }

  /** Writes the value as answers spell it. */
  public abstract void write(JsonGenerator generator, T value);

  /**
   * Writes the value as the stored document spells it; the same as {@link #write} unless stated.
   */
  public void store(JsonGenerator generator, T value) {
    write(generator, value);
  }

  /**
   * Reads a value that {@link #store} wrote. The parser stands on the value's first token and is
   * left on its last.
   *
   * @throws IllegalArgumentException if {@link #store} cannot have written it
   */
  public T restore(JsonParser parser) {
    T value =
        read(
            parser,
            UNLIMITED,
            (pointer, rule, message) -> {
              throw new IllegalArgumentException("The stored value " + message);
            });
    if (value == null) {
      throw new IllegalArgumentException("The stored value cannot be read");
    }
    return value;
  }

  /** The names of all values, as producers spell them; empty if there is no closed set of them. */
  public List<String> choices() {
    return List.of();
  }

  /**
   * Reads a value that is searched for, as a person types it.
   *
   * @return its spelling in the stored document; for addresses also that of a block of them
   * @throws InvalidValueException if no event can have it
   */
  public String parseFilter(String text) {
    throw new InvalidValueException("cannot be searched for by its value");
  }

  private static final EventLimits UNLIMITED =
      new EventLimits(
          Integer.MAX_VALUE,
          EventLimits.LARGEST_STRING,
          Integer.MAX_VALUE,
          Period.ofYears(9_999),
          Duration.ZERO);

  /** Takes violations of a value that is searched for. */
  static final Violation.Sink REFUSING =
      (pointer, rule, message) -> {
        throw new InvalidValueException(message);
      };

  /** The string the parser stands on, or null after reporting that it is something else. */
  static @Nullable String string(JsonParser parser, Violation.Sink violations) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      wrongType(parser, violations, "a string");
      return null;
    }
    return parser.getString();
  }

  /** Reports a value of another JSON type and passes over it. */
  static void wrongType(JsonParser parser, Violation.Sink violations, String wanted) {
    violations.add("", Rule.TYPE, "must be " + wanted + ", not " + typeOf(parser));
    parser.skipChildren();
  }

  private static String typeOf(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case null, default -> "null";
    };
  }
}
