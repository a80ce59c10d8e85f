package com.astrobookings.logs.event.value;

import com.astrobookings.logs.event.value.Violation.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** Idempotency keys, which need no encoding in a URL path and are no names of other resources. */
final class IdCodec extends FieldCodec<String> {

  private static final int MAX_SIZE = 128;
  private static final List<String> RESERVED =
      List.of("export", "tail", "stats", "search", "context");

  IdCodec() {
    super(FieldType.KEYWORD);
  }

  /** Whether an event can have this id. */
  static boolean accepts(String id) {
    return isWellFormed(id) && !RESERVED.contains(id);
  }

  private static boolean isWellFormed(String id) {
    if (id.isEmpty() || id.length() > MAX_SIZE || !isLetterOrDigit(id.charAt(0))) {
      return false;
    }
    for (int i = 1; i < id.length(); i++) {
      char c = id.charAt(i);
      if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != ':' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  @Override
  public @Nullable String read(JsonParser parser, EventLimits limits, Violation.Sink violations) {
    String id = string(parser, violations);
    if (id == null) {
      return null;
    }
    if (!isWellFormed(id)) {
      violations.add(
          "",
          Rule.FORMAT,
          "must be 1 to 128 of A-Z a-z 0-9 . _ : - and begin with a letter or a digit");
      return null;
    }
    if (RESERVED.contains(id)) {
      violations.add("", Rule.FORMAT, "must not be one of " + String.join(", ", RESERVED));
      return null;
    }
    return id;
  }

  @Override
  public void write(JsonGenerator generator, String value) {
    generator.writeString(value);
  }
}
