package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.FieldType;
import com.astrobookings.logs.store.kql.Token.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a query finds, said without an index: a reader of the language with nothing but its grammar,
 * as Kibana has it. It reads valid queries alone, and of times only whole instants.
 */
public final class KqlOracle {

  private static final Set<FieldType> EXACT =
      EnumSet.of(FieldType.KEYWORD, FieldType.LOWERCASE_KEYWORD);

  private final List<Token> tokens;
  private int next;

  private KqlOracle(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Whether the query finds the event. */
  public static boolean finds(KqlQuery query, StoredEvent event) {
    return read(query.text()).test(Held.of(event));
  }

  /** What the text asks of a document. */
  static Predicate<Held> read(String text) {
    KqlOracle oracle = new KqlOracle(KqlLexer.tokens(text));
    Predicate<Held> all = oracle.any();
    if (!oracle.peek().is(Kind.END)) {
      throw new IllegalArgumentException("What follows? " + text);
    }
    return all;
  }

  private Predicate<Held> any() {
    Predicate<Held> any = all();
    while (skip(Kind.OR)) {
      any = any.or(all());
    }
    return any;
  }

  private Predicate<Held> all() {
    Predicate<Held> all = one();
    while (skip(Kind.AND)) {
      all = all.and(one());
    }
    return all;
  }

  private Predicate<Held> one() {
    if (skip(Kind.NOT)) {
      return one().negate();
    }
    if (skip(Kind.OPEN)) {
      Predicate<Held> group = any();
      next++;
      return group;
    }
    Token first = tokens.get(next);
    Token second = tokens.get(next + 1);
    if (second.is(Kind.COLON) || second.isComparison()) {
      next += 2;
      return condition(field(first.asText().text()), second.kind());
    }
    return words();
  }

  private Predicate<Held> condition(KqlField field, Kind operator) {
    Kind kind = peek().kind();
    List<Glob> texts = texts();
    if (operator != Kind.COLON) {
      return held -> held.lies(field, operator, texts.getFirst().text());
    }
    if (texts.getFirst().isAnything()) {
      return held -> held.has(field);
    }
    boolean exact = EXACT.contains(field.type()) && kind == Kind.WORD;
    List<Glob> meant = exact ? texts.stream().map(KqlOracle::unescaped).toList() : texts;
    return held -> held.is(field, meant, kind == Kind.PHRASE);
  }

  private Predicate<Held> words() {
    boolean phrase = peek().is(Kind.PHRASE);
    List<Glob> texts = texts();
    return texts.getFirst().isAnything()
        ? held -> true
        : held ->
            KqlQuery.FREE_TEXT.stream().anyMatch(path -> held.is(field(path), texts, phrase))
                || held.is(field("error.message.words"), texts, phrase)
                || held.is(field("error.stack_trace.words"), texts, phrase);
  }

  static KqlField field(String path) {
    Glob name = Glob.literal(path);
    return KqlField.named(new Token(Kind.WORD, name, 1), name).getFirst();
  }

  /** A pattern for whole values has an escape of its own. */
  private static Glob unescaped(Glob pattern) {
    return new Glob(
        pattern.parts().stream().map(part -> part.replaceAll("\\\\(.)", "$1")).toList());
  }

  private List<Glob> texts() {
    List<Glob> texts = new ArrayList<>(List.of(tokens.get(next).asText()));
    boolean words = tokens.get(next++).is(Kind.WORD);
    while (words && peek().is(Kind.WORD)) {
      texts.add(tokens.get(next++).asText());
    }
    return texts;
  }

  private Token peek() {
    return tokens.get(next);
  }

  private boolean skip(Kind kind) {
    boolean found = peek().is(kind);
    next += found ? 1 : 0;
    return found;
  }
}
