package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.value.InvalidValueException;

/** Makes the errors of a query, each with its place. */
final class KqlFault {

  private static final int MAX_SHOWN = 64;

  private KqlFault() {}

  static InvalidValueException at(int place, String message) {
    return new InvalidValueException("at character " + place + ": " + message);
  }

  static InvalidValueException at(Token token, String message) {
    return at(token.place(), message);
  }

  /** Shortens a text of the query for a message. */
  static String show(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
