package com.astrobookings.logs.event.value;

import java.util.Map;

/**
 * How a document field is indexed. The names say what an operator can do with the field; the store
 * turns each into a mapping of its own.
 */
public enum FieldType {
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
  /** Words inside identifiers such as class and method names. */
  WORDS,
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

  /**
   * Whether it holds text that people write and read: words that name no field are looked for
   * there, and personal data may stand there.
   */
  public boolean isFreeText() {
    return switch (this) {
      case TEXT, TEXT_WITH_KEYWORD, TEXT_WITH_WORDS, WORDS -> true;
      case KEYWORD, LOWERCASE_KEYWORD, IP, BYTE, LONG, DOUBLE, DATE_NANOS, FLATTENED -> false;
    };
  }

  /** The sub-fields that index the same value in other ways, by the ends of their names. */
  public Map<String, FieldType> subFields() {
    return switch (this) {
      case TEXT_WITH_KEYWORD -> Map.of("keyword", KEYWORD, "words", WORDS);
      case TEXT_WITH_WORDS -> Map.of("words", WORDS);
      case KEYWORD, LOWERCASE_KEYWORD, TEXT, WORDS, IP, BYTE, LONG, DOUBLE, DATE_NANOS, FLATTENED ->
          Map.of();
    };
  }
}
