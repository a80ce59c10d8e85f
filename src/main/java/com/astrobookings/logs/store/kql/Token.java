package com.astrobookings.logs.store.kql;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of a query.
 *
 * @param kind what it is
 * @param text what a word or a phrase says; null for all others
 * @param place where it begins, counted from 1
 */
record Token(Kind kind, @Nullable Glob text, int place) {

  enum Kind {
    WORD("a word"),
    PHRASE("a text in quotes"),
    AND("and"),
    OR("or"),
    NOT("not"),
    COLON(":"),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">="),
    OPEN("("),
    CLOSE(")"),
    OPEN_BRACE("{"),
    CLOSE_BRACE("}"),
    END("the end");

    private final String shown;

    Kind(String shown) {
      this.shown = shown;
    }

    /** How to name it to people. */
    String shown() {
      return shown;
    }
  }

  /** What a word or a phrase says. */
  Glob asText() {
    return Objects.requireNonNull(text);
  }

  boolean is(Kind other) {
    return kind == other;
  }

  boolean isText() {
    return kind == Kind.WORD || kind == Kind.PHRASE;
  }

  boolean isComparison() {
    return kind == Kind.LESS || kind == Kind.AT_MOST || kind == Kind.MORE || kind == Kind.AT_LEAST;
  }
}
