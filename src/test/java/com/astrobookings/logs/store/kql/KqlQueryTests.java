package com.astrobookings.logs.store.kql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.kql.KqlNode.MatchAll;
import com.astrobookings.logs.store.kql.KqlNode.Not;
import com.astrobookings.logs.store.kql.KqlNode.Or;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KqlQueryTests {

  private static final Instant NOW = Instant.parse("2024-08-12T10:00:00Z");

  @Test
  void tellsWhatItLooksAt() {
    assertThat(parse("user.id: a or not labels.team: b and source.ip: *").fields())
        .containsExactly("labels", "source.ip", "user.id");
    assertThat(parse("user.*: a").fields()).containsExactly("user.email", "user.id");
    assertThat(parse("some words").fields())
        .containsExactlyInAnyOrderElementsOf(KqlQuery.FREE_TEXT);
    assertThat(parse("*").fields()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "event.outcme: failure | 1 | there is no field event.outcme; did you mean event.outcome?",
        "a and userId: x       | 7 | there is no field userId; in documents it is user.id",
        "result: FAIL          | 1 | there is no field result; in documents it is event.outcome",
        "_id: x                | 1 | there is no field _id",
        "labels.Team: x        | 1 | there is no field labels.Team; a label is labels. and its whole key, of a-z 0-9 _ .",
        "labels.*: x           | 1 | there is no field labels.*; a label is labels. and its whole key, of a-z 0-9 _ .",
        "*.id: x               | 1 | the name of a field cannot begin with a wildcard",
        "*: x                  | 1 | the name of a field cannot begin with a wildcard",
        "user.id: *x           | 10 | a word cannot begin with a wildcard; a field that has any value is name: *",
        "*x                    | 1 | a word cannot begin with a wildcard; a field that has any value is name: *",
        "a *                   | 3 | a word cannot begin with a wildcard; a field that has any value is name: *",
        "user.id: a*b*c*d*e*f*g*h*i*j*k* | 10 | a word can have at most 10 wildcards",
        "user.id > a*          | 11 | a wildcard cannot be compared with < or >",
        "event.duration: long  | 17 | event.duration is a number; write digits, such as 1500 or 2.5",
        "event.duration: 1*    | 17 | event.duration is a number; it has no place for a wildcard",
        "event.duration > 9223372036854775808 | 18 | event.duration is a number; write digits, such as 1500 or 2.5",
        "source.ip: 10.1       | 12 | source.ip is an address; write one such as \"192.0.2.7\" or a block such as \"10.0.0.0/8\"",
        "source.ip: 10.0.0.0/33 | 12 | source.ip is an address; write one such as \"192.0.2.7\" or a block such as \"10.0.0.0/8\"",
        "source.ip: 10.*       | 12 | source.ip is an address; it has no place for a wildcard",
        "source.ip > 10.0.0.0/8 | 13 | source.ip is an address; write one such as \"192.0.2.7\"",
        "error.message > a     | 17 | error.message is a text and cannot be compared with < or >",
        "@timestamp > today    | 14 | the value of @timestamp is not a time; write 2024-08-12, 2024-08-12 10:15:30, 2024-08-12T10:15:30.5+02:00, milliseconds since 1970 (11 to 15 digits), or now, now-15m, now-1d/d",
        "@timestamp: now+9999y | 13 | the time lies outside of the years 1 to 9999",
        "@timestamp > 2024-08-12T10:15 | 27 | a value with : needs quotes",
        "source.ip: 2001:db8::7 | 16 | a value with : needs quotes",
        "user.id: {id: x}      | 10 | no field is nested; write the whole name of the field instead",
        "a b: c                | 3 | and or or is missing here, or the value needs quotes",
        "a \"b\"               | 3 | and or or is missing here",
        "a not b               | 3 | and or or is missing here",
        "\"a\" b               | 5 | and or or is missing here",
        "(a                    | 1 | this parenthesis is not closed",
        "a)                    | 2 | ) does not belong here",
        "(a b: c)              | 4 | and or or is missing here, or the value needs quotes",
        "()                    | 2 | a field or a word is expected here; put ) in quotes if it is one",
        "user.id: ()           | 11 | a value is expected here; put ) in quotes if it is one",
        "user.id:              | 9 | a value is missing at the end",
        "user.id: and          | 10 | a value is expected here; put and in quotes if it is one",
        "user.id >             | 10 | a value is missing at the end",
        "a and                 | 6 | a field or a word is missing at the end",
        "or                    | 1 | a field or a word is expected here; put or in quotes if it is one",
        "not                   | 4 | a field or a word is missing at the end",
        ": x                   | 1 | a field or a word is expected here; put : in quotes if it is one",
        "<= x                  | 1 | a field or a word is expected here; put <= in quotes if it is one",
        "}                     | 1 | a field or a word is expected here; put } in quotes if it is one",
        "🚀 or \"a             | 6 | this quote is not closed",
        "user.id: C:\\dir      | 12 | a backslash has to be written twice, or the text put in quotes",
        "user.id: a\\dir       | 11 | a backslash has to be written twice, or the text put in quotes",
        "user.id: \\uD83D      | 10 | \\u is followed by the four hexadecimal digits of a character",
        "user.id: \"\\u12\"    | 11 | \\u is followed by the four hexadecimal digits of a character",
        "labels.team: a*b      | 14 | the value of a label can have one wildcard only, at its end",
      })
  void tellsWhatIsWrongAndWhere(String typed, int place, String message) {
    assertThatThrownBy(() -> parse(typed))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("at character " + place + ": " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "userId: a and not (results: b or event.duration: c) | 1 there is no field userId; 20 there is no field results; 50 event.duration is a number",
        "tpye: (a or b or not c) or *x | 1 there is no field tpye; 28 a word cannot begin with a wildcard",
        "tpye: a and source.ip > b and c) | 1 there is no field tpye; 25 source.ip is an address; 32 ) does not belong here",
        "tpye: a and (user.id: | 1 there is no field tpye; 22 a value is missing at the end",
      })
  void tellsEverythingThatIsWrongUpToWhatCannotBeRead(String typed, String places) {
    InvalidValueException fault =
        catchThrowableOfType(InvalidValueException.class, () -> parse(typed));
    String[] expected = places.split("; ");
    assertThat(fault.messages()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(fault.messages().get(i))
          .startsWith("at character " + expected[i].replaceFirst(" ", ": "));
    }
  }

  @Test
  void tellsOnceThatThereAreTooManyWords() {
    InvalidValueException fault =
        catchThrowableOfType(InvalidValueException.class, () -> parse(list(300, "x", " or ")));
    assertThat(fault.messages()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\t\n", "\u3000"})
  void asksForMoreThanBlanks(String typed) {
    assertThatThrownBy(() -> parse(typed)).hasMessageEndingWith("is missing at the end");
  }

  @Test
  void takesNoMoreThanItsBounds() {
    assertThat(parse("x".repeat(2_048)).fields()).isNotEmpty();
    assertThatThrownBy(() -> parse("x".repeat(2_049))).hasMessage("is longer than 2048 characters");
    assertThat(parse("🚀".repeat(2_048)).fields()).isNotEmpty();

    assertThat(parse(list(200, "x", " or ")).root())
        .isInstanceOfSatisfying(Or.class, or -> assertThat(or.nodes()).hasSize(200));
    assertThatThrownBy(() -> parse(list(201, "x", " or ")))
        .hasMessageContaining("more than 200 words and conditions");
    assertThatThrownBy(() -> parse(list(201, "x", " ")))
        .hasMessageContaining("more than 200 words and conditions");
    assertThatThrownBy(() -> parse(list(50, "event.*: x", " or ")))
        .hasMessageContaining("more than 200 words and conditions");

    assertThat(parse("(".repeat(32) + "*" + ")".repeat(32)).root()).isEqualTo(new MatchAll());
    assertThat(parse("not ".repeat(16) + "(".repeat(16) + "x" + ")".repeat(16)).root())
        .isInstanceOf(Not.class);
    for (String deep :
        new String[] {
          "(".repeat(33) + "x" + ")".repeat(33),
          "(".repeat(2_000),
          "not ".repeat(33) + "x",
          "user.id: " + "(".repeat(33) + "x" + ")".repeat(33)
        }) {
      assertThatThrownBy(() -> parse(deep))
          .hasMessageContaining("lie in each other at most 32 levels deep");
    }
  }

  @Test
  void showsNoMoreOfALongNameThanNeeded() {
    assertThatThrownBy(() -> parse("x".repeat(2_000) + ": y"))
        .hasMessage("at character 1: there is no field " + "x".repeat(64) + "…");
  }

  private static String list(int count, String term, String between) {
    return String.join(between, Collections.nCopies(count, term));
  }

  private static KqlQuery parse(String typed) {
    return KqlQuery.parse(typed, ZoneId.of("Europe/Madrid"), NOW);
  }
}
