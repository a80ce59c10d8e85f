package com.astrobookings.logs.event.value;

import com.astrobookings.logs.event.value.Violation.Rule;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** Seconds from 0 to 10⁹; every digit is kept, and 1.5, 1.50 and 15e-1 are one value. */
final class SecondsCodec extends FieldCodec<BigDecimal> {

  private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(1_000_000_000);

  private static final int MAX_SIZE = 1_000;

  SecondsCodec() {
    super(FieldType.DOUBLE);
  }

  @Override
  public @Nullable BigDecimal read(
      JsonParser parser, EventLimits limits, Violation.Sink violations) {
    BigDecimal seconds = number(parser, "a number", violations);
    if (seconds == null) {
      return null;
    }
    if (seconds.signum() < 0 || seconds.compareTo(MAX_SECONDS) > 0) {
      violations.add("", Rule.RANGE, "must be from 0 to 1000000000 seconds");
      return null;
    }
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }

  @Override
  public void write(JsonGenerator generator, BigDecimal value) {
    generator.writeNumber(value);
  }

  /**
   * The number the parser stands on without trailing zeros, or null after reporting that it is
   * something else or so long that converting it would take time. Its scale may be large: do not
   * expand it before comparing it with a bound.
   */
  static @Nullable BigDecimal number(JsonParser parser, String wanted, Violation.Sink violations) {
    if (!parser.currentToken().isNumeric()) {
      wrongType(parser, violations, wanted);
      return null;
    }
    if (parser.getStringLength() > MAX_SIZE) {
      violations.add("", Rule.SIZE, "is written with more than " + MAX_SIZE + " characters");
      return null;
    }
    try {
      return parser.getDecimalValue().stripTrailingZeros();
    } catch (ArithmeticException | NumberFormatException e) {
      violations.add("", Rule.RANGE, "has an exponent beyond all bounds");
      return null;
    }
  }
}
