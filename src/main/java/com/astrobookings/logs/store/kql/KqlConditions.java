package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.kql.KqlNode.Exists;
import com.astrobookings.logs.store.kql.KqlNode.MatchAll;
import com.astrobookings.logs.store.kql.KqlNode.Operator;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Builds and checks the conditions of one query, and counts them. Errors are collected, so that one
 * response reports all of them.
 */
final class KqlConditions {

  private static final int MAX_TERMS = 200;

  /** Elasticsearch fails a search for a word with hundreds. */
  private static final int MAX_WILDCARDS = 10;

  private final KqlValues values;
  private final SortedSet<String> fields = new TreeSet<>();
  private final List<String> faults = new ArrayList<>();
  private int terms;

  KqlConditions(ZoneId zone, Instant now) {
    this.values = new KqlValues(zone, now);
  }

  /** Returns the paths of the fields that occurred. */
  SortedSet<String> fields() {
    return fields;
  }

  /**
   * Ends the parsing.
   *
   * @throws InvalidValueException if anything was wrong
   */
  void check() {
    if (!faults.isEmpty()) {
      throw new InvalidValueException(faults);
    }
  }

  /** Returns all errors so far, followed by {@code unreadable}, which ended the parsing. */
  InvalidValueException with(InvalidValueException unreadable) {
    List<String> all = new ArrayList<>(faults);
    all.addAll(unreadable.messages());
    return new InvalidValueException(all);
  }

  /** Returns the condition of words without a field. */
  KqlNode words(List<Token> texts) {
    return checked(() -> search(texts));
  }

  /** Returns the condition that the field has the value, or any value. */
  KqlNode is(Token name, List<Token> texts) {
    return checked(() -> has(name, texts));
  }

  /** Returns the condition that the field lies on one side of the value. */
  KqlNode compare(Token name, Operator operator, List<Token> texts) {
    return checked(() -> lies(name, operator, texts));
  }

  /** Returns the condition, or a placeholder after collecting its error. */
  private KqlNode checked(Supplier<KqlNode> condition) {
    try {
      return condition.get();
    } catch (InvalidValueException fault) {
      // In a list of values, an error of the field name occurs once for each value.
      fault.messages().stream().filter(message -> !faults.contains(message)).forEach(faults::add);
      return new MatchAll();
    }
  }

  private KqlNode search(List<Token> texts) {
    Token first = texts.getFirst();
    count(first, texts.size());
    if (matchesAll(texts)) {
      return new MatchAll();
    }
    refuseLeadingWildcards(texts);
    refuseManyWildcards(texts);
    fields.addAll(KqlQuery.FREE_TEXT);
    return KqlValues.words(KqlField.FREE_TEXT, texts);
  }

  private KqlNode has(Token name, List<Token> texts) {
    WildcardPattern stated = name.asText();
    if (matchesAll(texts)) {
      return stated.matchesAll() ? new MatchAll() : each(name, stated, 1, Exists::new);
    }
    refuseLeadingWildcards(texts);
    refuseManyWildcards(texts);
    return each(name, stated, texts.size(), field -> values.is(field, texts));
  }

  private KqlNode lies(Token name, Operator operator, List<Token> texts) {
    if (texts.stream().anyMatch(Token::hasWildcard)) {
      throw KqlFault.at(texts.getFirst(), "a wildcard cannot be compared with < or >");
    }
    return each(name, name.asText(), texts.size(), field -> values.compare(field, operator, texts));
  }

  /** Returns the disjunction over the fields that match the name and can have the value. */
  private KqlNode each(
      Token name, WildcardPattern stated, int words, Function<KqlField, KqlNode> condition) {
    List<KqlNode> nodes = new ArrayList<>();
    InvalidValueException fault = null;
    for (KqlField field : KqlField.named(name, stated)) {
      try {
        nodes.add(condition.apply(field));
        fields.add(field.root());
      } catch (InvalidValueException e) {
        fault = e;
      }
    }
    if (nodes.isEmpty() && fault != null) {
      throw fault;
    }
    count(name, nodes.size() * words);
    return KqlNode.or(nodes);
  }

  private void count(Token place, int more) {
    int before = terms;
    terms += more;
    if (before <= MAX_TERMS && terms > MAX_TERMS) {
      throw KqlFault.at(
          place, "from here on there are more than " + MAX_TERMS + " words and conditions");
    }
  }

  private static void refuseManyWildcards(List<Token> texts) {
    for (Token token : texts) {
      if (token.asText().parts().size() - 1 > MAX_WILDCARDS) {
        throw KqlFault.at(token, "a word can have at most " + MAX_WILDCARDS + " wildcards");
      }
    }
  }

  private static boolean matchesAll(List<Token> texts) {
    return texts.size() == 1 && texts.getFirst().asText().matchesAll();
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
