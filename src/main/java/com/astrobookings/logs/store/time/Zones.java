package com.astrobookings.logs.store.time;

import com.astrobookings.logs.event.text.Nearest;
import com.astrobookings.logs.event.value.InvalidValueException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.TreeSet;

/** Parses time zones. */
public final class Zones {

  private static final int MAX_LENGTH = 64;

  private Zones() {}

  /**
   * Parses the name of a region of the IANA database ({@code Europe/Madrid}), {@code UTC} or an
   * offset ({@code +02:00}, where a blank stands for a {@code +} that was not encoded in a URL).
   *
   * @throws InvalidValueException if it is neither
   */
  public static ZoneId parse(String text) {
    try {
      if (text.length() <= MAX_LENGTH) {
        return ZoneId.of(text.startsWith(" ") ? "+" + text.substring(1) : text);
      }
    } catch (DateTimeException e) {
      // answered below, with what was probably meant
    }
    throw new InvalidValueException(
        "is not a time zone"
            + Nearest.to(text, new TreeSet<>(ZoneId.getAvailableZoneIds()))
                .map(near -> "; did you mean " + near + "?")
                .orElse("; write a name such as Europe/Madrid, UTC, or an offset such as +02:00"));
  }
}
