package com.astrobookings.logs.store.kql;

import java.util.List;

/**
 * A text in which wildcards stand for any characters, or for none.
 *
 * @param parts the literal texts between the wildcards, one more than there are wildcards
 */
public record WildcardPattern(List<String> parts) {

  /** Copies the list. */
  public WildcardPattern {
    parts = List.copyOf(parts);
  }

  static WildcardPattern literal(String text) {
    return new WildcardPattern(List.of(text));
  }

  boolean hasWildcard() {
    return parts.size() > 1;
  }

  boolean beginsWithWildcard() {
    return hasWildcard() && parts.getFirst().isEmpty();
  }

  /** Whether every text matches. */
  boolean matchesAll() {
    return hasWildcard() && parts.stream().allMatch(String::isEmpty);
  }

  /** Whether the only wildcard is the last character. */
  public boolean isPrefix() {
    return parts.size() == 2 && parts.getLast().isEmpty();
  }

  /** The text, with wildcards as {@code *}. */
  String text() {
    return String.join("*", parts);
  }

  boolean matches(String text) {
    if (!hasWildcard()) {
      return text.equals(parts.getFirst());
    }
    if (!text.startsWith(parts.getFirst())) {
      return false;
    }
    int place = parts.getFirst().length();
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = text.indexOf(part, place);
      if (found < 0) {
        return false;
      }
      place = found + part.length();
    }
    return text.length() - parts.getLast().length() >= place && text.endsWith(parts.getLast());
  }
}
