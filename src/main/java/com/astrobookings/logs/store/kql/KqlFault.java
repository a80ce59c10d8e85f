package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.value.InvalidValueException;

/** What is wrong with a query, and where. */
final class KqlFault {

  private static final int SHOWN = 64;

  private KqlFault() {}

  static InvalidValueException at(int place, String message) {
    return new InvalidValueException("at character " + place + ": " + message);
  }

  static InvalidValueException at(Token token, String message) {
    return at(token.place(), message);
  }

  /** A text of the query as far as it needs to be seen. */
  static String show(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
