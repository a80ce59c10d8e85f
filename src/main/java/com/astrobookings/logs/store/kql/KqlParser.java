package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.kql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads a query by the rules of Kibana: {@code not} binds most, then {@code and}, then {@code or}.
 * No query can take it deeper than its bound.
 */
final class KqlParser {

  private static final int DEEPEST = 32;

  private final List<Token> tokens;
  private final KqlConditions conditions;
  private int next;
  private int depth;

  private KqlParser(List<Token> tokens, KqlConditions conditions) {
    this.tokens = tokens;
    this.conditions = conditions;
  }

  /**
   * What {@code query} asks.
   *
   * @throws InvalidValueException if it asks nothing that can be understood
   */
  static Clause parse(String query, KqlConditions conditions) {
    KqlParser parser = new KqlParser(KqlLexer.tokens(query), conditions);
    Clause clause = parser.alternatives(parser::condition);
    if (!parser.peek().is(Kind.END)) {
      throw parser.misplaced();
    }
    return clause;
  }

  /** Clauses and {@code or} between them; in a list of values each leaf is a value. */
  private Clause alternatives(Supplier<Clause> leaf) {
    List<Clause> clauses = new ArrayList<>(List.of(conjunction(leaf)));
    while (skip(Kind.OR)) {
      clauses.add(conjunction(leaf));
    }
    return Clause.any(clauses);
  }

  private Clause conjunction(Supplier<Clause> leaf) {
    List<Clause> clauses = new ArrayList<>(List.of(negation(leaf)));
    while (skip(Kind.AND)) {
      clauses.add(negation(leaf));
    }
    return Clause.all(clauses);
  }

  private Clause negation(Supplier<Clause> leaf) {
    if (peek().is(Kind.NOT)) {
      enter();
      Clause negated = new Clause.Not(negation(leaf));
      depth--;
      return negated;
    }
    return peek().is(Kind.OPEN) ? group(leaf) : leaf.get();
  }

  private Clause group(Supplier<Clause> leaf) {
    Token open = peek();
    enter();
    Clause clause = alternatives(leaf);
    if (!skip(Kind.CLOSE)) {
      throw peek().is(Kind.END) ? KqlFault.at(open, "this parenthesis is not closed") : misplaced();
    }
    depth--;
    return clause;
  }

  private void enter() {
    if (++depth > DEEPEST) {
      throw KqlFault.at(
          peek(),
          "parentheses, groups and not lie in each other at most " + DEEPEST + " levels deep");
    }
    next++;
  }

  private Clause condition() {
    if (!peek().isText()) {
      throw expected("a field or a word");
    }
    Token after = tokens.get(next + 1);
    if (after.is(Kind.COLON)) {
      Token name = take();
      next++;
      return value(name);
    }
    if (after.isComparison()) {
      Token name = take();
      Token operator = take();
      return conditions.compare(name, operator.kind(), texts());
    }
    return conditions.words(texts());
  }

  private Clause value(Token name) {
    if (peek().is(Kind.OPEN_BRACE)) {
      throw KqlFault.at(peek(), "no field is nested; write the whole name of the field instead");
    }
    Supplier<Clause> leaf = () -> conditions.is(name, texts());
    return peek().is(Kind.OPEN) ? group(leaf) : leaf.get();
  }

  /** A text in quotes, or all words up to the next part of another kind. */
  private List<Token> texts() {
    if (!peek().isText()) {
      throw expected("a value");
    }
    List<Token> texts = new ArrayList<>(List.of(take()));
    while (texts.getLast().is(Kind.WORD) && peek().is(Kind.WORD)) {
      texts.add(take());
    }
    if (peek().isText() || peek().is(Kind.NOT)) {
      throw KqlFault.at(peek(), "and or or is missing here");
    }
    if (peek().is(Kind.COLON) || peek().isComparison()) {
      throw texts.size() > 1
          ? KqlFault.at(texts.getLast(), "and or or is missing here, or the value needs quotes")
          : KqlFault.at(peek(), "a value with " + peek().kind().shown() + " needs quotes");
    }
    return texts;
  }

  private InvalidValueException expected(String what) {
    return peek().is(Kind.END)
        ? KqlFault.at(peek(), what + " is missing at the end")
        : KqlFault.at(
            peek(),
            what + " is expected here; put " + peek().kind().shown() + " in quotes if it is one");
  }

  private InvalidValueException misplaced() {
    return KqlFault.at(peek(), peek().kind().shown() + " does not belong here");
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    return tokens.get(next++);
  }

  private boolean skip(Kind kind) {
    if (!peek().is(kind)) {
      return false;
    }
    next++;
    return true;
  }
}
