package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.kql.KqlNode.Operator;
import com.astrobookings.logs.store.kql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Parses a query by Kibana's grammar, {@code kbn-es-query/src/kuery/grammar/grammar.peggy}: {@code
 * not} binds most tightly, then {@code and}, then {@code or}. The recursion is bounded.
 */
final class KqlParser {

  private static final int MAX_DEPTH = 32;

  private final List<Token> tokens;
  private final KqlConditions conditions;
  private int next;
  private int depth;

  private KqlParser(List<Token> tokens, KqlConditions conditions) {
    this.tokens = tokens;
    this.conditions = conditions;
  }

  /**
   * Parses {@code query} and has each condition checked by {@code conditions}.
   *
   * @throws InvalidValueException at the first place that does not fit the grammar
   */
  static KqlNode parse(String query, KqlConditions conditions) {
    KqlParser parser = new KqlParser(KqlLexer.tokens(query), conditions);
    KqlNode node = parser.alternatives(parser::condition);
    if (!parser.peek().is(Kind.END)) {
      throw parser.misplaced();
    }
    return node;
  }

  /** KqlNodes and {@code or} between them; in a list of values each leaf is a value. */
  private KqlNode alternatives(Supplier<KqlNode> leaf) {
    List<KqlNode> nodes = new ArrayList<>(List.of(conjunction(leaf)));
    while (skip(Kind.OR)) {
      nodes.add(conjunction(leaf));
    }
    return KqlNode.or(nodes);
  }

  private KqlNode conjunction(Supplier<KqlNode> leaf) {
    List<KqlNode> nodes = new ArrayList<>(List.of(negation(leaf)));
    while (skip(Kind.AND)) {
      nodes.add(negation(leaf));
    }
    return KqlNode.and(nodes);
  }

  private KqlNode negation(Supplier<KqlNode> leaf) {
    if (peek().is(Kind.NOT)) {
      enter();
      KqlNode negated = new KqlNode.Not(negation(leaf));
      depth--;
      return negated;
    }
    return peek().is(Kind.OPEN) ? group(leaf) : leaf.get();
  }

  private KqlNode group(Supplier<KqlNode> leaf) {
    Token open = peek();
    enter();
    KqlNode node = alternatives(leaf);
    if (!skip(Kind.CLOSE)) {
      throw peek().is(Kind.END) ? KqlFault.at(open, "this parenthesis is not closed") : misplaced();
    }
    depth--;
    return node;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw KqlFault.at(
          peek(),
          "parentheses, groups and not lie in each other at most " + MAX_DEPTH + " levels deep");
    }
    next++;
  }

  private KqlNode condition() {
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
      Operator operator = Objects.requireNonNull(take().kind().operator());
      return conditions.compare(name, operator, texts());
    }
    return conditions.words(texts());
  }

  private KqlNode value(Token name) {
    if (peek().is(Kind.OPEN_BRACE)) {
      throw KqlFault.at(peek(), "no field is nested; write the whole name of the field instead");
    }
    Supplier<KqlNode> leaf = () -> conditions.is(name, texts());
    return peek().is(Kind.OPEN) ? group(leaf) : leaf.get();
  }

  /** Parses a text in quotes, or all words up to the next token of another kind. */
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
