package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.event.value.StoredInstants;
import com.astrobookings.logs.store.kql.KqlNode.Match;
import com.astrobookings.logs.store.kql.KqlNode.Operator;
import com.astrobookings.logs.store.kql.KqlNode.Range;
import com.astrobookings.logs.store.kql.KqlNode.Term;
import com.astrobookings.logs.store.kql.KqlNode.Wildcard;
import com.astrobookings.logs.store.time.TimeExpression;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the values of conditions by the type of their field. */
final class KqlValues {

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}(?:\\.\\d{1,9})?");
  private static final BigDecimal MAX_NUMBER = BigDecimal.valueOf(Long.MAX_VALUE);

  private final ZoneId zone;
  private final Instant now;

  KqlValues(ZoneId zone, Instant now) {
    this.zone = zone;
    this.now = now;
  }

  /** The condition that the field has the value. */
  KqlNode is(KqlField field, List<Token> texts) {
    return switch (field.type()) {
      case KEYWORD, LOWERCASE_KEYWORD -> keyword(field, texts);
      case FLATTENED -> label(field, texts);
      case TEXT, TEXT_WITH_KEYWORD, TEXT_WITH_WORDS, WORDS -> words(List.of(field), texts);
      case IP -> new Term(field, block(field, texts));
      case BYTE, LONG, DOUBLE -> new Term(field, number(field, texts));
      case DATE_NANOS -> during(field, texts);
    };
  }

  private static KqlNode keyword(KqlField field, List<Token> texts) {
    WildcardPattern value = Token.join(texts);
    return value.hasWildcard() ? new Wildcard(field, value) : new Term(field, value.text());
  }

  /** Elasticsearch supports no wildcard query on the key of a flattened field. */
  private static KqlNode label(KqlField field, List<Token> texts) {
    WildcardPattern value = Token.join(texts);
    if (value.hasWildcard() && !value.isPrefix()) {
      throw KqlFault.at(
          texts.getFirst(), "the value of a label can have one wildcard only, at its end");
    }
    return keyword(field, texts);
  }

  /** The condition that one of the fields has any of the words, or the phrase. */
  static KqlNode words(List<KqlField> fields, List<Token> texts) {
    Token first = texts.getFirst();
    if (first.is(Token.Kind.PHRASE)) {
      return new Match(fields, first.asText().text(), true);
    }
    List<KqlNode> any = new ArrayList<>();
    for (Token word : texts) {
      if (word.hasWildcard()) {
        fields.forEach(field -> any.add(new Wildcard(field, word.asText())));
      }
    }
    String literal =
        texts.stream()
            .filter(word -> !word.hasWildcard())
            .map(word -> word.asText().text())
            .collect(Collectors.joining(" "));
    if (!literal.isEmpty()) {
      any.add(new Match(fields, literal, false));
    }
    return KqlNode.or(any);
  }

  /**
   * The condition that the field lies before or after the value. A time covers all that it states,
   * so that nothing within it is before or after it.
   */
  KqlNode compare(KqlField field, Operator operator, List<Token> texts) {
    return switch (field.type()) {
      case KEYWORD, LOWERCASE_KEYWORD, FLATTENED ->
          range(field, operator, Token.join(texts).text());
      case TEXT, TEXT_WITH_KEYWORD, TEXT_WITH_WORDS, WORDS ->
          throw KqlFault.at(
              texts.getFirst(), field.path() + " is a text and cannot be compared with < or >");
      case IP -> range(field, operator, address(field, texts));
      case BYTE, LONG, DOUBLE -> range(field, operator, number(field, texts));
      case DATE_NANOS -> compareTime(field, operator, texts);
    };
  }

  private static Range range(KqlField field, Operator operator, String value) {
    return new Range(field, Map.of(operator, value));
  }

  private KqlNode during(KqlField field, List<Token> texts) {
    TimeExpression time = time(field, texts);
    Instant first = first(time, texts.getFirst());
    Instant last = last(time, texts.getFirst());
    if (last.isBefore(StoredInstants.EARLIEST)) {
      return range(field, Operator.LT, first);
    }
    if (first.isAfter(StoredInstants.LATEST)) {
      return range(field, Operator.GT, last);
    }
    return new Range(field, Map.of(Operator.GTE, storable(first), Operator.LTE, storable(last)));
  }

  private KqlNode compareTime(KqlField field, Operator operator, List<Token> texts) {
    TimeExpression time = time(field, texts);
    Token token = texts.getFirst();
    return switch (operator) {
      case LT, GTE -> range(field, operator, first(time, token));
      case GT, LTE -> range(field, operator, last(time, token));
    };
  }

  /** A bound that the field cannot hold becomes one that selects the same: all values or none. */
  private static Range range(KqlField field, Operator operator, Instant bound) {
    boolean upward = operator == Operator.GT || operator == Operator.GTE;
    boolean tooEarly = bound.isBefore(StoredInstants.EARLIEST);
    boolean tooLate =
        bound.isAfter(StoredInstants.LATEST)
            || (operator == Operator.GT && bound.equals(StoredInstants.LATEST));
    if (tooEarly || tooLate) {
      Operator allOrNone = upward == tooEarly ? Operator.GTE : Operator.LT;
      return range(field, allOrNone, StoredInstants.exactly(StoredInstants.EARLIEST));
    }
    return range(field, operator, StoredInstants.exactly(bound));
  }

  private static String storable(Instant instant) {
    return StoredInstants.exactly(
        instant.isBefore(StoredInstants.EARLIEST)
            ? StoredInstants.EARLIEST
            : instant.isAfter(StoredInstants.LATEST) ? StoredInstants.LATEST : instant);
  }

  private static TimeExpression time(KqlField field, List<Token> texts) {
    try {
      return TimeExpression.parse(literal(field, texts, "a time"));
    } catch (InvalidValueException e) {
      throw KqlFault.at(texts.getFirst(), "the value of " + field.path() + " " + e.getMessage());
    }
  }

  private Instant first(TimeExpression time, Token token) {
    try {
      return time.first(now, zone);
    } catch (InvalidValueException e) {
      throw KqlFault.at(token, "the time " + e.getMessage());
    }
  }

  private Instant last(TimeExpression time, Token token) {
    try {
      return time.last(now, zone);
    } catch (InvalidValueException e) {
      throw KqlFault.at(token, "the time " + e.getMessage());
    }
  }

  private static String number(KqlField field, List<Token> texts) {
    String text = literal(field, texts, "a number");
    if (!NUMBER.matcher(text).matches() || new BigDecimal(text).abs().compareTo(MAX_NUMBER) > 0) {
      throw KqlFault.at(
          texts.getFirst(), field.path() + " is a number; write digits, such as 1500 or 2.5");
    }
    return text;
  }

  private static String block(KqlField field, List<Token> texts) {
    return Addresses.parseBlock(literal(field, texts, "an address"))
        .orElseThrow(() -> notAnAddress(field, texts, " or a block such as \"10.0.0.0/8\""));
  }

  private static String address(KqlField field, List<Token> texts) {
    return Addresses.parse(literal(field, texts, "an address"))
        .map(Addresses::format)
        .orElseThrow(() -> notAnAddress(field, texts, ""));
  }

  private static InvalidValueException notAnAddress(
      KqlField field, List<Token> texts, String otherwise) {
    return KqlFault.at(
        texts.getFirst(),
        field.path() + " is an address; write one such as \"192.0.2.7\"" + otherwise);
  }

  private static String literal(KqlField field, List<Token> texts, String what) {
    if (texts.stream().anyMatch(Token::hasWildcard)) {
      throw KqlFault.at(
          texts.getFirst(), field.path() + " is " + what + "; it has no place for a wildcard");
    }
    return Token.join(texts).text();
  }
}
