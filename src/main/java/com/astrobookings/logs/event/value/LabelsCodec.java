package com.astrobookings.logs.event.value;

import com.astrobookings.logs.event.value.Violation.Rule;
import java.io.StringWriter;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** At most 32 string pairs. */
final class LabelsCodec extends FieldCodec<Map<String, String>> {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_PAIRS = 32;
  private static final int MAX_VALUE_BYTES = 1024;
  private static final int MAX_NAMED_KEY_SIZE = 128;
  private static final Pattern KEY = Pattern.compile("[a-z0-9_.]{1,64}");

  LabelsCodec() {
    super(FieldType.FLATTENED);
  }

  @Override
  public @Nullable Map<String, String> read(
      JsonParser parser, EventLimits limits, Violation.Sink violations) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      wrongType(parser, violations, "an object of strings");
      return null;
    }
    Map<String, String> labels = new TreeMap<>();
    int pairs = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (++pairs <= MAX_PAIRS) {
        readPair(parser, labels, violations);
      } else {
        parser.nextToken();
        parser.skipChildren();
      }
    }
    if (pairs > MAX_PAIRS) {
      violations.add("", Rule.SIZE, "has " + pairs + " pairs; at most " + MAX_PAIRS + " are taken");
    }
    return Collections.unmodifiableMap(labels);
  }

  static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }

  private static void readPair(
      JsonParser parser, Map<String, String> labels, Violation.Sink violations) {
    String key = parser.currentName();
    parser.nextToken();
    if (!isKey(key)) {
      wrongKey(key, violations);
      parser.skipChildren();
      return;
    }
    Violation.Sink here =
        (pointer, rule, message) -> violations.add(Violation.token(key) + pointer, rule, message);
    String value = string(parser, here);
    if (value == null || !TextCodec.fits(value, MAX_VALUE_BYTES, here)) {
      return;
    }
    if (labels.putIfAbsent(key, value) != null) {
      here.add("", Rule.REPEATED, "is stated twice");
    }
  }

  /** Names the key, unless it is so long that naming it would say less. */
  private static void wrongKey(String key, Violation.Sink violations) {
    boolean named = key.length() <= MAX_NAMED_KEY_SIZE;
    violations.add(
        named ? Violation.token(key) : "",
        Rule.FORMAT,
        (named
                ? "cannot be a label"
                : "has a key of more than " + MAX_NAMED_KEY_SIZE + " characters")
            + "; keys are 1 to 64 of a-z 0-9 _ . (lower case only)");
  }

  /** The value of one label. */
  @Override
  public String parseFilter(String text) {
    TextCodec.fits(text, MAX_VALUE_BYTES, REFUSING);
    return text;
  }

  @Override
  public void write(JsonGenerator generator, Map<String, String> value) {
    generator.writeStartObject();
    value.forEach(generator::writeStringProperty);
    generator.writeEndObject();
  }

  /** Returns a JSON object. */
  @Override
  public String text(Map<String, String> value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(generator, value);
    }
    return text.toString();
  }
}
