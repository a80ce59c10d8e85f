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
 * Reads and writes the values of a member: as JSON of a request, of a document and of a response.
 * Reading normalises, so that equal values are equal objects.
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

  /** How the value is indexed. */
  public final FieldType fieldType() {
    return fieldType;
  }

  /**
   * Reads the value a producer sent. The parser stands on the value's first token and is left on
   * its last.
   *
   * @return the normalised value, or null if it violates a rule; each violation was added to the
   *     sink
   */
  public abstract @Nullable T read(
      JsonParser parser, EventLimits limits, Violation.Sink violations);

  /** Returns the codec for a required member, which does not advise to leave the member out. */
  public FieldCodec<T> whenRequired() {
    return this;
  }

  /** Writes the value as responses contain it. */
  public abstract void write(JsonGenerator generator, T value);

  /** Returns the value as a text, for formats without types; reads as {@link #write} writes it. */
  public String text(T value) {
    return value.toString();
  }

  /** Writes the value as documents contain it; by default as {@link #write} does. */
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

  /** Returns the names of all values in requests; empty if the set of values is open. */
  public List<String> choices() {
    return List.of();
  }

  /**
   * Parses the value of a filter.
   *
   * @return its form in the document; for addresses also that of a CIDR block
   * @throws InvalidValueException if no event can have it
   */
  public String parseFilter(String text) {
    throw new InvalidValueException("cannot be searched for by its value");
  }

  private static final EventLimits UNLIMITED =
      new EventLimits(
          Integer.MAX_VALUE,
          EventLimits.MAX_STRING_BYTES,
          Integer.MAX_VALUE,
          Period.ofYears(9_999),
          Duration.ZERO);

  /** Receives violations of the value of a filter. */
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
