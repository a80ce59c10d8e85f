package com.astrobookings.logs.store.kql;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a query asks, with nothing left to how strongly {@code and} and {@code or} bind: the
 * language's readers do not agree on it.
 */
sealed interface Clause {

  /** The clause in the language. */
  String text();

  /** One condition. */
  record Condition(String text) implements Clause {}

  /** The contrary. */
  record Not(Clause clause) implements Clause {
    @Override
    public String text() {
      return "not " + wrapped(clause);
    }
  }

  /** All of at least two. */
  record All(List<Clause> clauses) implements Clause {
    @Override
    public String text() {
      return joined(clauses, " and ");
    }
  }

  /** One of at least two. */
  record Any(List<Clause> clauses) implements Clause {
    @Override
    public String text() {
      return joined(clauses, " or ");
    }
  }

  /** All of them. */
  static Clause all(List<Clause> clauses) {
    return clauses.size() == 1 ? clauses.getFirst() : new All(clauses);
  }

  /** One of them. */
  static Clause any(List<Clause> clauses) {
    return clauses.size() == 1 ? clauses.getFirst() : new Any(clauses);
  }

  private static String joined(List<Clause> clauses, String operator) {
    return clauses.stream().map(Clause::wrapped).collect(Collectors.joining(operator));
  }

  private static String wrapped(Clause clause) {
    return switch (clause) {
      case Condition condition -> condition.text();
      case Not not -> not.text();
      case All all -> "(" + all.text() + ")";
      case Any any -> "(" + any.text() + ")";
    };
  }
}
