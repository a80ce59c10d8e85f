package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.event.value.StoredInstants;
import com.astrobookings.logs.store.kql.Clause.All;
import com.astrobookings.logs.store.kql.Clause.Condition;
import com.astrobookings.logs.store.kql.Token.Kind;
import com.astrobookings.logs.store.time.TimeExpression;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/** What a field must be, in the spelling of its type. */
final class KqlValues {

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}(?:\\.\\d{1,9})?");
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  private final ZoneId zone;
  private final Instant now;

  KqlValues(ZoneId zone, Instant now) {
    this.zone = zone;
    this.now = now;
  }

  /** The field has the value. */
  Clause is(KqlField field, List<Token> texts) {
    return switch (field.type()) {
      case KEYWORD, LOWERCASE_KEYWORD -> condition(field, KqlText.keyword(texts));
      case TEXT, TEXT_WITH_KEYWORD, TEXT_WITH_WORDS, WORDS ->
          condition(field, KqlText.sentence(texts));
      case FLATTENED -> condition(field, KqlText.label(texts));
      case IP -> condition(field, KqlText.quoted(block(field, texts)));
      case BYTE, LONG, DOUBLE -> condition(field, number(field, texts));
      case DATE_NANOS -> during(field, time(field, texts), texts.getFirst());
    };
  }

  private static Clause condition(KqlField field, String value) {
    return new Condition(field.path() + ": " + value);
  }

  private Clause during(KqlField field, TimeExpression time, Token token) {
    return new All(
        List.of(
            compared(field, Kind.AT_LEAST, first(time, token)),
            compared(field, Kind.AT_MOST, last(time, token))));
  }

  /** The field lies before or after the value; no part of a time that is stated as a span does. */
  Clause compare(KqlField field, Kind operator, List<Token> texts) {
    return switch (field.type()) {
      case KEYWORD, LOWERCASE_KEYWORD, FLATTENED ->
          new Condition(
              field.path() + " " + operator.shown() + " " + KqlText.quoted(joined(texts)));
      case TEXT, TEXT_WITH_KEYWORD, TEXT_WITH_WORDS, WORDS ->
          throw KqlFault.at(
              texts.getFirst(), field.path() + " is a text and cannot be compared with < or >");
      case IP -> compared(field, operator, address(field, texts));
      case BYTE, LONG, DOUBLE ->
          new Condition(field.path() + " " + operator.shown() + " " + number(field, texts));
      case DATE_NANOS -> compareTime(field, operator, texts);
    };
  }

  private Clause compareTime(KqlField field, Kind operator, List<Token> texts) {
    TimeExpression time = time(field, texts);
    Token token = texts.getFirst();
    boolean fromItsStart = operator == Kind.LESS || operator == Kind.AT_LEAST;
    return compared(field, operator, fromItsStart ? first(time, token) : last(time, token));
  }

  private static Condition compared(KqlField field, Kind operator, String value) {
    return new Condition(field.path() + " " + operator.shown() + " " + KqlText.quoted(value));
  }

  private TimeExpression time(KqlField field, List<Token> texts) {
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

  /** What lies beyond all that a field can hold is compared with the first that it can. */
  private static Condition compared(KqlField field, Kind operator, Instant bound) {
    boolean upward = operator == Kind.MORE || operator == Kind.AT_LEAST;
    boolean before = bound.isBefore(StoredInstants.EARLIEST);
    boolean behind =
        bound.isAfter(StoredInstants.LATEST)
            || (operator == Kind.MORE && bound.equals(StoredInstants.LATEST));
    Kind sure = upward == before ? Kind.AT_LEAST : Kind.LESS;
    return before || behind
        ? compared(field, sure, StoredInstants.exactly(StoredInstants.EARLIEST))
        : compared(field, operator, StoredInstants.exactly(bound));
  }

  private static String number(KqlField field, List<Token> texts) {
    String text = literal(field, texts, "a number");
    if (!NUMBER.matcher(text).matches() || new BigDecimal(text).abs().compareTo(LARGEST) > 0) {
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
    if (texts.stream().anyMatch(token -> token.asText().hasWildcard())) {
      throw KqlFault.at(
          texts.getFirst(), field.path() + " is " + what + "; it has no place for a wildcard");
    }
    return joined(texts);
  }

  private static String joined(List<Token> texts) {
    return Glob.join(texts.stream().map(Token::asText).toList()).text();
  }
}
