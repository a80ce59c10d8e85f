package com.astrobookings.logs.store.kql;

import java.util.ArrayList;
import java.util.List;

/**
 * A text in which some characters may stand for any others.
 *
 * @param parts the literal texts between the wildcards, one more than there are wildcards
 */
record Glob(List<String> parts) {

  Glob {
    parts = List.copyOf(parts);
  }

  static Glob literal(String text) {
    return new Glob(List.of(text));
  }

  boolean hasWildcard() {
    return parts.size() > 1;
  }

  boolean beginsWithWildcard() {
    return hasWildcard() && parts.getFirst().isEmpty();
  }

  /** Whether it is nothing but one wildcard, or several. */
  boolean isAnything() {
    return hasWildcard() && parts.stream().allMatch(String::isEmpty);
  }

  /** The text; wildcards are shown as {@code *}. */
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

  /** Several words as one text, with a blank between them. */
  static Glob join(List<Glob> words) {
    List<String> all = new ArrayList<>(words.getFirst().parts());
    for (Glob word : words.subList(1, words.size())) {
      all.set(all.size() - 1, all.getLast() + " " + word.parts().getFirst());
      all.addAll(word.parts().subList(1, word.parts().size()));
    }
    return new Glob(all);
  }
}
