package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.kql.Clause.Condition;
import com.astrobookings.logs.store.kql.Token.Kind;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The single conditions of one query. Each is checked against what its field can hold; what is
 * wrong is gathered, so that all of it can be told at once.
 */
final class KqlConditions {

  private static final int MOST_TERMS = 200;

  /** Elasticsearch gives up on a word with hundreds. */
  private static final int MOST_WILDCARDS = 10;

  private final KqlValues values;
  private final SortedSet<String> fields = new TreeSet<>();
  private final List<String> faults = new ArrayList<>();
  private int terms;

  KqlConditions(ZoneId zone, Instant now) {
    this.values = new KqlValues(zone, now);
  }

  /** The paths of the fields that occurred. */
  SortedSet<String> fields() {
    return fields;
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidValueException if anything was wrong
   */
  void check() {
    if (!faults.isEmpty()) {
      throw new InvalidValueException(faults);
    }
  }

  /** What was wrong with the conditions up to a place that cannot be read, and with that place. */
  InvalidValueException with(InvalidValueException unreadable) {
    List<String> all = new ArrayList<>(faults);
    all.addAll(unreadable.messages());
    return new InvalidValueException(all);
  }

  /** Words that name no field. */
  Clause words(List<Token> texts) {
    return checked(() -> search(texts));
  }

  /** The field has the value, or any value. */
  Clause is(Token name, List<Token> texts) {
    return checked(() -> has(name, texts));
  }

  /** The value of the field lies on one side of the value. */
  Clause compare(Token name, Kind operator, List<Token> texts) {
    return checked(() -> lies(name, operator, texts));
  }

  /** The condition, or any if it is wrong: then nothing will be asked. */
  private Clause checked(Supplier<Clause> condition) {
    try {
      return condition.get();
    } catch (InvalidValueException fault) {
      // A list of values tells what is wrong with the name of its field once for each of them.
      fault.messages().stream().filter(message -> !faults.contains(message)).forEach(faults::add);
      return new Condition("*");
    }
  }

  private Clause search(List<Token> texts) {
    Token first = texts.getFirst();
    count(first, texts.size());
    if (isAnything(texts)) {
      return new Condition("*");
    }
    refuseLeadingWildcards(texts);
    refuseManyWildcards(texts);
    fields.addAll(KqlQuery.FREE_TEXT);
    return new Condition(KqlText.sentence(texts));
  }

  private Clause has(Token name, List<Token> texts) {
    Glob stated = name.asText();
    if (isAnything(texts)) {
      return stated.isAnything()
          ? new Condition("*")
          : each(name, stated, 1, field -> new Condition(field.path() + ": *"));
    }
    refuseLeadingWildcards(texts);
    refuseManyWildcards(texts);
    return each(name, stated, texts.size(), field -> values.is(field, texts));
  }

  private Clause lies(Token name, Kind operator, List<Token> texts) {
    if (texts.stream().anyMatch(token -> token.asText().hasWildcard())) {
      throw KqlFault.at(texts.getFirst(), "a wildcard cannot be compared with < or >");
    }
    return each(name, name.asText(), texts.size(), field -> values.compare(field, operator, texts));
  }

  /** One of the fields that the name means, of those that can have the value. */
  private Clause each(Token name, Glob stated, int words, Function<KqlField, Clause> condition) {
    List<Clause> clauses = new ArrayList<>();
    InvalidValueException fault = null;
    for (KqlField field : KqlField.named(name, stated)) {
      try {
        clauses.add(condition.apply(field));
        fields.add(field.root());
      } catch (InvalidValueException e) {
        fault = e;
      }
    }
    if (clauses.isEmpty() && fault != null) {
      throw fault;
    }
    count(name, clauses.size() * words);
    return Clause.any(clauses);
  }

  private void count(Token place, int more) {
    int before = terms;
    terms += more;
    if (before <= MOST_TERMS && terms > MOST_TERMS) {
      throw KqlFault.at(
          place, "from here on there are more than " + MOST_TERMS + " words and conditions");
    }
  }

  private static void refuseManyWildcards(List<Token> texts) {
    for (Token token : texts) {
      if (token.asText().parts().size() - 1 > MOST_WILDCARDS) {
        throw KqlFault.at(token, "a word can have at most " + MOST_WILDCARDS + " wildcards");
      }
    }
  }

  private static boolean isAnything(List<Token> texts) {
    return texts.size() == 1 && texts.getFirst().asText().isAnything();
  }

  private static void refuseLeadingWildcards(List<Token> texts) {
    for (Token token : texts) {
      if (token.asText().beginsWithWildcard()) {
        throw KqlFault.at(
            token, "a word cannot begin with a wildcard; a field that has any value is name: *");
      }
    }
  }
}
