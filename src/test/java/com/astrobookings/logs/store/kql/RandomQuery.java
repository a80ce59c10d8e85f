package com.astrobookings.logs.store.kql;

import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;

/**
 * A query, and what it matches.
 *
 * @param text how it is typed
 * @param elastic the same for the {@code kql} query of Elasticsearch, which gives {@code and} and
 *     {@code or} the same precedence: each operator has parentheses
 * @param precedence of its outermost operator
 * @param matches what it matches
 */
record RandomQuery(
    String text, String elastic, Precedence precedence, Predicate<DocumentModel> matches) {

  /** From the lowest on; an operator within one of a higher precedence needs parentheses. */
  enum Precedence {
    OR,
    AND,
    NOT,
    CONDITION
  }

  static RandomQuery condition(String text, Predicate<DocumentModel> matches) {
    return condition(text, text, matches);
  }

  static RandomQuery condition(String text, String elastic, Predicate<DocumentModel> matches) {
    return new RandomQuery(text, elastic, Precedence.CONDITION, matches);
  }

  RandomQuery or(RandomQuery other, Random random) {
    return new RandomQuery(
        within(Precedence.OR, random)
            + anyCase(" or ", random)
            + other.within(Precedence.AND, random),
        "(%s or %s)".formatted(elastic, other.elastic),
        Precedence.OR,
        matches.or(other.matches));
  }

  RandomQuery and(RandomQuery other, Random random) {
    return new RandomQuery(
        within(Precedence.AND, random)
            + anyCase(" and ", random)
            + other.within(Precedence.NOT, random),
        "(%s and %s)".formatted(elastic, other.elastic),
        Precedence.AND,
        matches.and(other.matches));
  }

  RandomQuery not(Random random) {
    return new RandomQuery(
        anyCase("not ", random) + within(Precedence.NOT, random),
        "(not %s)".formatted(elastic),
        Precedence.NOT,
        matches.negate());
  }

  /** The text with parentheses if it needs them, and now and then if it does not. */
  private String within(Precedence outer, Random random) {
    boolean needed = precedence.compareTo(outer) < 0;
    return needed || random.nextInt(6) == 0 ? "(" + text + ")" : text;
  }

  private static String anyCase(String operator, Random random) {
    return random.nextInt(4) == 0 ? operator.toUpperCase(Locale.ROOT) : operator;
  }
}
