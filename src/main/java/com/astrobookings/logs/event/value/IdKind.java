package com.astrobookings.logs.event.value;

import com.astrobookings.logs.event.value.Violation.Rule;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** Idempotency keys: safe in a URL path, and never the name of a resource beside them. */
final class IdKind extends Kind<String> {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
  private static final Set<String> RESERVED = Set.of("export", "tail", "stats", "search");

  IdKind() {
    super(FieldType.KEYWORD);
  }

  /** Whether an event can have this id. */
  static boolean accepts(String id) {
    return FORM.matcher(id).matches() && !RESERVED.contains(id);
  }

  @Override
  public @Nullable String read(JsonParser parser, EventLimits limits, Violation.Sink violations) {
    String id = string(parser, violations);
    if (id == null) {
      return null;
    }
    if (!FORM.matcher(id).matches()) {
      violations.add(
          "",
          Rule.FORMAT,
          "must be 1 to 128 of A-Z a-z 0-9 . _ : - and begin with a letter or a digit");
      return null;
    }
    if (RESERVED.contains(id)) {
      violations.add("", Rule.FORMAT, "must not be one of export, tail, stats, search");
      return null;
    }
    return id;
  }

  @Override
  public void write(JsonGenerator generator, String value) {
    generator.writeString(value);
  }
}
