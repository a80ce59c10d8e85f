package com.astrobookings.logs.elastic.write;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a document cannot be held, in words for the producer. */
final class Rejections {

  private static final Pattern FIELD =
      Pattern.compile("field(?: |=)[\\[\"]([\\w@.]+)|introduction of \\[([\\w@.]+)]");

  private Rejections() {}

  /** Names the document field if Elasticsearch does; quotes neither values nor parsers. */
  static String reason(ErrorCause error) {
    Matcher matcher = FIELD.matcher(String.valueOf(error.reason()));
    if (!matcher.find()) {
      return "The event cannot be stored.";
    }
    String field = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    return "The value of the document field " + field + " cannot be stored.";
  }
}
