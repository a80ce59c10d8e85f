package com.astrobookings.logs.event.value;

import com.astrobookings.logs.event.value.Violation.Rule;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** Text that is neither blank nor longer than its limit. */
final class TextCodec extends FieldCodec<String> {

  private static final String IF_OPTIONAL = "leave the member out if it is unknown";
  private static final String IF_REQUIRED = "the member is required and needs a text";

  private final ToIntFunction<EventLimits> limit;
  private final String advice;

  /** Text of the length that any string may have. */
  TextCodec(FieldType fieldType) {
    this(fieldType, EventLimits::stringBytes);
  }

  TextCodec(FieldType fieldType, ToIntFunction<EventLimits> limit) {
    this(fieldType, limit, IF_OPTIONAL);
  }

  private TextCodec(FieldType fieldType, ToIntFunction<EventLimits> limit, String advice) {
    super(fieldType);
    this.limit = limit;
    this.advice = advice;
  }

  @Override
  public FieldCodec<String> whenRequired() {
    return new TextCodec(fieldType(), limit, IF_REQUIRED);
  }

  @Override
  public @Nullable String read(JsonParser parser, EventLimits limits, Violation.Sink violations) {
    String text = string(parser, violations);
    return text != null && accepts(text, limit.applyAsInt(limits), violations) ? text : null;
  }

  @Override
  public String parseFilter(String text) {
    if (text.isBlank()) {
      throw new InvalidValueException("must not be blank");
    }
    fits(text, EventLimits.MAX_STRING_BYTES, REFUSING);
    return text;
  }

  @Override
  public void write(JsonGenerator generator, String value) {
    generator.writeString(value);
  }

  private boolean accepts(String text, int limit, Violation.Sink violations) {
    if (text.isBlank()) {
      violations.add("", Rule.FORMAT, "must not be blank; " + advice);
      return false;
    }
    return fits(text, limit, violations);
  }

  static boolean fits(String text, int limit, Violation.Sink violations) {
    int bytes = Utf8.length(text);
    if (bytes == Utf8.UNENCODABLE) {
      violations.add("", Rule.FORMAT, "holds half a surrogate pair and so is not Unicode text");
      return false;
    }
    if (bytes > limit) {
      violations.add(
          "", Rule.SIZE, "has %,d bytes in UTF-8; at most %,d are taken".formatted(bytes, limit));
      return false;
    }
    return true;
  }
}
