package com.astrobookings.logs.store.kql;

import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;

/**
 * A question as somebody types it, and what it finds.
 *
 * @param text how it is typed
 * @param strength how strongly its parts hold together
 * @param finds what it means
 */
record Asking(String text, Strength strength, Predicate<Held> finds) {

  /** From the weakest on; what is weaker than its surroundings needs parentheses. */
  enum Strength {
    OR,
    AND,
    NOT,
    CONDITION
  }

  static Asking condition(String text, Predicate<Held> finds) {
    return new Asking(text, Strength.CONDITION, finds);
  }

  Asking or(Asking other, Random random) {
    return new Asking(
        within(Strength.OR, random) + anyCase(" or ", random) + other.within(Strength.AND, random),
        Strength.OR,
        finds.or(other.finds));
  }

  Asking and(Asking other, Random random) {
    return new Asking(
        within(Strength.AND, random)
            + anyCase(" and ", random)
            + other.within(Strength.NOT, random),
        Strength.AND,
        finds.and(other.finds));
  }

  Asking not(Random random) {
    return new Asking(
        anyCase("not ", random) + within(Strength.NOT, random), Strength.NOT, finds.negate());
  }

  /** The text with parentheses if it needs them, and now and then if it does not. */
  private String within(Strength surroundings, Random random) {
    boolean needed = strength.compareTo(surroundings) < 0;
    return needed || random.nextInt(6) == 0 ? "(" + text + ")" : text;
  }

  private static String anyCase(String operator, Random random) {
    return random.nextInt(4) == 0 ? operator.toUpperCase(Locale.ROOT) : operator;
  }
}
