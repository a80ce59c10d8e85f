package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.store.kql.KqlNode.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token of a query.
 *
 * @param kind what it is
 * @param text what a word or a phrase says; null for all others
 * @param space the white space before it
 * @param place where it begins, counted from 1
 */
record Token(Kind kind, @Nullable WildcardPattern text, String space, int place) {

  enum Kind {
    WORD("a word"),
    PHRASE("a text in quotes"),
    AND("and"),
    OR("or"),
    NOT("not"),
    COLON(":"),
    LESS("<", Operator.LT),
    AT_MOST("<=", Operator.LTE),
    MORE(">", Operator.GT),
    AT_LEAST(">=", Operator.GTE),
    OPEN("("),
    CLOSE(")"),
    OPEN_BRACE("{"),
    CLOSE_BRACE("}"),
    END("the end");

    private final String shown;
    private final @Nullable Operator operator;

    Kind(String shown) {
      this(shown, null);
    }

    Kind(String shown, @Nullable Operator operator) {
      this.shown = shown;
      this.operator = operator;
    }

    /** How it compares; null for all but comparisons. */
    @Nullable Operator operator() {
      return operator;
    }

    /** Its name in messages. */
    String shown() {
      return shown;
    }
  }

  /** What a word or a phrase says. */
  WildcardPattern asText() {
    return Objects.requireNonNull(text);
  }

  boolean is(Kind other) {
    return kind == other;
  }

  boolean isText() {
    return kind == Kind.WORD || kind == Kind.PHRASE;
  }

  boolean isComparison() {
    return kind.operator() != null;
  }

  boolean hasWildcard() {
    return asText().hasWildcard();
  }

  /** Joins words to one value, with the white space that was typed between them. */
  static WildcardPattern join(List<Token> texts) {
    List<String> parts = new ArrayList<>(texts.getFirst().asText().parts());
    for (Token word : texts.subList(1, texts.size())) {
      List<String> more = word.asText().parts();
      parts.set(parts.size() - 1, parts.getLast() + word.space + more.getFirst());
      parts.addAll(more.subList(1, more.size()));
    }
    return new WildcardPattern(parts);
  }
}
