package com.astrobookings.logs.event.text;

import java.util.Locale;

/** Names of constants outside code. */
public final class Names {

  private Names() {}

  /** The name of a constant in lower case. */
  public static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
