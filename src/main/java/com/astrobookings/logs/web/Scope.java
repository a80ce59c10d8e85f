package com.astrobookings.logs.web;

import com.astrobookings.logs.event.text.Names;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The scopes of credentials. No scope includes another. */
public enum Scope {
  /** Send events. */
  INGEST,
  /** Read events without their personal data page by page, follow and count them. */
  READ,
  /** Read any number of events at once. */
  EXPORT,
  /** Read personal data, and search by it. */
  PII,
  /** Read the metrics of the service. */
  METRICS,
  /** See the state of the service and change what it keeps. */
  ADMIN;

  /** Returns its name in credentials, such as {@code logs:read}. */
  public String text() {
    return "logs:" + Names.lowerCase(this);
  }

  /** Returns the scope with this name; empty if there is none. */
  public static Optional<Scope> of(String text) {
    return Arrays.stream(values()).filter(scope -> scope.text().equals(text)).findAny();
  }

  /** Returns all names, separated by commas, for messages. */
  public static String names() {
    return Arrays.stream(values()).map(Scope::text).collect(Collectors.joining(", "));
  }
}
