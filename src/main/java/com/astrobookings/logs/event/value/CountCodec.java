package com.astrobookings.logs.event.value;

import com.astrobookings.logs.event.value.Violation.Rule;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** Whole numbers from 0 to 2⁶³-1, however spelled: 12, 12.0 and 1.2e1 are one value. */
final class CountCodec extends FieldCodec<Long> {

  private static final BigDecimal MAX_COUNT = BigDecimal.valueOf(Long.MAX_VALUE);

  CountCodec() {
    super(FieldType.LONG);
  }

  @Override
  public @Nullable Long read(JsonParser parser, EventLimits limits, Violation.Sink violations) {
    BigDecimal number = SecondsCodec.number(parser, "an integer", violations);
    if (number == null) {
      return null;
    }
    if (number.signum() < 0 || number.compareTo(MAX_COUNT) > 0) {
      violations.add("", Rule.RANGE, "must be from 0 to " + Long.MAX_VALUE);
      return null;
    }
    if (number.scale() > 0) {
      violations.add("", Rule.FORMAT, "must be an integer, without a fraction");
      return null;
    }
    return number.longValueExact();
  }

  @Override
  public void write(JsonGenerator generator, Long value) {
    generator.writeNumber(value);
  }
}
