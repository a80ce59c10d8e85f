package com.astrobookings.logs.event.value;

import com.astrobookings.logs.event.value.Violation.Rule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** Instants, written in UTC with as many digits of the second as they need. */
final class InstantCodec extends FieldCodec<Instant> {

  InstantCodec() {
    super(FieldType.DATE_NANOS);
  }

  @Override
  public @Nullable Instant read(JsonParser parser, EventLimits limits, Violation.Sink violations) {
    String text = string(parser, violations);
    if (text == null) {
      return null;
    }
    Instant instant = Timestamps.parse(text);
    if (instant == null) {
      violations.add("", Rule.FORMAT, Timestamps.fault(text));
    }
    return instant;
  }

  @Override
  public void write(JsonGenerator generator, Instant value) {
    generator.writeString(text(value));
  }

  @Override
  public String text(Instant value) {
    return StoredInstants.format(value);
  }
}
