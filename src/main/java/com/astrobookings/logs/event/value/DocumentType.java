package com.astrobookings.logs.event.value;

import java.util.Map;

/**
 * How a document field is indexed. The names say what an operator can do with the field; the store
 * turns each into a mapping of its own.
 */
public enum DocumentType {
  /** Exact match, sorting and counting of the value as it is. */
  KEYWORD,
  /** Like {@link #KEYWORD}, compared without regard to case. */
  LOWERCASE_KEYWORD,
  /** Words of a sentence. */
  TEXT,
  /** Words of a sentence, words inside identifiers, and the exact value. */
  TEXT_WITH_KEYWORD,
  /** Words of a sentence, and words inside identifiers such as class and method names. */
  TEXT_WITH_WORDS,
  /** An IPv4 or IPv6 address, matched exactly or by CIDR block. */
  IP,
  /** A flag, 0 or 1, whose average is a share. */
  BYTE,
  /** A whole number. */
  LONG,
  /** A number with fraction. */
  DOUBLE,
  /** An instant with nanoseconds. */
  DATE_NANOS,
  /** String pairs with free keys, each matched exactly. */
  FLATTENED;

  /** The sub-fields that index the same value in other ways, by the ends of their names. */
  public Map<String, DocumentType> subFields() {
    return switch (this) {
      case TEXT_WITH_KEYWORD -> Map.of("keyword", KEYWORD, "words", TEXT);
      case TEXT_WITH_WORDS -> Map.of("words", TEXT);
      case KEYWORD, LOWERCASE_KEYWORD, TEXT, IP, BYTE, LONG, DOUBLE, DATE_NANOS, FLATTENED ->
          Map.of();
    };
  }
}
