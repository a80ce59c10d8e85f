package com.astrobookings.logs.web;

import com.astrobookings.logs.event.text.Names;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a credential may allow. Scopes do not include one another. */
public enum Scope {
  /** Send events. */
  INGEST,
  /** Read events without their personal data, page by page, and follow and count them. */
  READ,
  /** Read any number of events at once. */
  EXPORT,
  /** See personal data in what is read, and search by it. */
  PII,
  /** Read the metrics of the service. */
  METRICS,
  /** See the state of the service and change what it keeps. */
  ADMIN;

  /** Its name in credentials, such as {@code logs:read}. */
  public String text() {
    return "logs:" + Names.lowerCase(this);
  }

  /** The scope of that name; empty if there is none. */
  public static Optional<Scope> of(String text) {
    return Arrays.stream(values()).filter(scope -> scope.text().equals(text)).findAny();
  }

  /** All names, for people. */
  public static String names() {
    return Arrays.stream(values()).map(Scope::text).collect(Collectors.joining(", "));
  }
}
