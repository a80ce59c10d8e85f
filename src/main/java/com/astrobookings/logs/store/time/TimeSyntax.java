package com.astrobookings.logs.store.time;

import com.astrobookings.logs.event.value.InvalidValueException;
import java.time.Instant;

/** Bounds and errors of all formats of times. */
final class TimeSyntax {

  static final int MAX_LENGTH = 64;

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private TimeSyntax() {}

  static InvalidValueException notATime() {
    return new InvalidValueException(
        "is not a time; write 2024-08-12, 2024-08-12 10:15:30, 2024-08-12T10:15:30.5+02:00,"
            + " milliseconds since 1970 (11 to 15 digits), or now, now-15m, now-1d/d");
  }

  static InvalidValueException outOfRange() {
    return new InvalidValueException("lies outside of the years 1 to 9999");
  }

  static Instant inRange(Instant instant) {
    if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
      throw outOfRange();
    }
    return instant;
  }
}
