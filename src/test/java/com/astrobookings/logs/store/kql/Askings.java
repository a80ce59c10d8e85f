package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.value.FieldType;
import com.astrobookings.logs.store.kql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes questions of which each finds some of the documents, and may be typed in many ways. */
final class Askings {

  private static final List<String> WORDS =
      List.of(
          "core",
          "api",
          "core-api",
          "zürich",
          "O'Brien",
          "Bob",
          "launch",
          "json",
          "booking",
          "Booking",
          "confirm",
          "failed",
          "succeeded",
          "CustomerDB",
          "PASSWORD_RESET",
          "e3",
          "AND",
          "x",
          "y",
          "java.lang.NullPointerException",
          "NullPointerException",
          "anna",
          "example.com");

  private final Random random;
  private final List<Held> documents;
  private final List<KqlField> fields;

  Askings(Random random, List<Held> documents) {
    this.random = random;
    this.documents = documents;
    this.fields = fields();
  }

  private static List<KqlField> fields() {
    Set<String> paths =
        new TreeSet<>(Set.of("labels.region", "labels.team", "labels.build.number"));
    EventSchema.fieldTypes()
        .forEach((path, type) -> {
          paths.add(path);
          type.subFields().keySet().forEach(sub -> paths.add(path + "." + sub));
        });
    return paths.stream().map(KqlOracle::field).toList();
  }

  /** A question with conditions so many levels deep. */
  Asking next(int depth) {
    if (depth == 0) {
      return condition();
    }
    return switch (random.nextInt(5)) {
      case 0 -> next(depth - 1).not(random);
      case 1, 2 -> next(depth - 1).or(next(depth - 1), random);
      default -> next(depth - 1).and(next(depth - 1), random);
    };
  }

  private Asking condition() {
    KqlField field = oneOf(fields);
    return switch (random.nextInt(10)) {
      case 0 -> words();
      case 1 -> Asking.condition(field.path() + blank() + ":" + blank() + "*", h -> h.has(field));
      case 2 -> manyFields();
      case 3, 4 -> list(field);
      case 5, 6 -> comparison(field);
      default -> value(field).of(field);
    };
  }

  /** A value as it is typed, and what it finds. */
  private record Value(String text, Predicate<Held> finds) {
    Asking of(KqlField field) {
      return Asking.condition(field.path() + ": " + text, finds);
    }
  }

  private Asking words() {
    List<KqlField> sought =
        Stream.concat(
                KqlQuery.FREE_TEXT.stream(),
                Stream.of("error.message.words", "error.stack_trace.words"))
            .map(KqlOracle::field)
            .toList();
    Text text = text();
    return Asking.condition(
        text.typed(),
        held -> sought.stream().anyMatch(field -> held.is(field, text.words(), text.isPhrase())));
  }

  /** Words as they are typed and what they are. */
  private record Text(String typed, List<Glob> words, boolean isPhrase) {}

  private Text text() {
    int count = 1 + random.nextInt(2);
    List<String> words = Stream.generate(() -> oneOf(WORDS)).limit(count).toList();
    return switch (random.nextInt(3)) {
      case 0 ->
          new Text(
              quoted(String.join(" ", words)),
              List.of(Glob.literal(String.join(" ", words))),
              true);
      case 1 -> {
        String word = oneOf(List.of("boo", "Boo", "cor", "zür", "launc", "conf", "nul"));
        yield new Text(word + "*", List.of(new Glob(List.of(word, ""))), false);
      }
      default ->
          new Text(
              words.stream().map(Askings::unquoted).collect(Collectors.joining(blank() + " ")),
              words.stream().map(Glob::literal).toList(),
              false);
    };
  }

  private Asking list(KqlField field) {
    Value one = value(field);
    Value other = value(field);
    return switch (random.nextInt(3)) {
      case 0 ->
          Asking.condition(
              field.path() + ": (" + one.text() + " or " + other.text() + ")",
              one.finds().or(other.finds()));
      case 1 ->
          Asking.condition(
              field.path() + ":(" + one.text() + " and not " + other.text() + ")",
              one.finds().and(other.finds().negate()));
      default -> {
        Value third = value(field);
        yield Asking.condition(
            "%s: (%s or %s and %s)".formatted(field.path(), one.text(), other.text(), third.text()),
            one.finds().or(other.finds().and(third.finds())));
      }
    };
  }

  private Value value(KqlField field) {
    if (field.type().isFreeText()) {
      Text text = text();
      return new Value(text.typed(), held -> held.is(field, text.words(), text.isPhrase()));
    }
    String value = valueOf(field);
    return switch (field.type()) {
      case KEYWORD, LOWERCASE_KEYWORD, FLATTENED ->
          random.nextInt(4) == 0 ? beginning(field, value) : exactly(field, value);
      case IP -> block(field, value);
      case DATE_NANOS -> second(field, value);
      default -> exactly(field, value);
    };
  }

  private Value exactly(KqlField field, String value) {
    String text = random.nextBoolean() || value.isBlank() ? quoted(value) : unquoted(value);
    return new Value(text, held -> held.is(field, List.of(Glob.literal(value)), false));
  }

  private Value beginning(KqlField field, String value) {
    int end = 0;
    while (end < value.length() && Character.isLetterOrDigit(value.charAt(end))) {
      end++;
    }
    if (end == 0) {
      return exactly(field, value);
    }
    String start = value.substring(0, 1 + random.nextInt(end));
    return new Value(
        start + "*", held -> held.is(field, List.of(new Glob(List.of(start, ""))), false));
  }

  private Value block(KqlField field, String address) {
    int bits = random.nextInt(address.contains(":") ? 129 : 33);
    String block = random.nextBoolean() ? address : address + "/" + bits;
    return new Value(quoted(block), held -> held.is(field, List.of(Glob.literal(block)), false));
  }

  private Value second(KqlField field, String time) {
    String second = time.substring(0, 19);
    return new Value(
        quoted(second + "Z"),
        held -> held.valuesOf(field).stream().anyMatch(value -> value.startsWith(second)));
  }

  private Asking comparison(KqlField field) {
    if (field.type().isFreeText()) {
      return value(field).of(field);
    }
    Kind operator = oneOf(List.of(Kind.LESS, Kind.AT_MOST, Kind.MORE, Kind.AT_LEAST));
    String bound = valueOf(field);
    String typed = random.nextBoolean() || bound.isBlank() ? quoted(bound) : unquoted(bound);
    String stated = field.type() == FieldType.DATE_NANOS ? wholeNanos(bound) : typed;
    return Asking.condition(
        field.path() + blank() + operator.shown() + blank() + stated,
        held -> held.lies(field, operator, bound));
  }

  /** A time whose span is one nanosecond. */
  private static String wholeNanos(String time) {
    String digits = time.substring(0, time.length() - 1);
    return quoted(
        digits
            + (digits.contains(".") ? "" : ".")
            + "0".repeat(9 - (digits.contains(".") ? digits.length() - digits.indexOf('.') - 1 : 0))
            + "Z");
  }

  private Asking manyFields() {
    String prefix = oneOf(List.of("user", "notification"));
    List<KqlField> meant =
        fields.stream().filter(field -> field.path().startsWith(prefix + ".")).toList();
    String value = valueOf(oneOf(meant));
    return Asking.condition(
        prefix + ".*: " + quoted(value),
        held ->
            meant.stream().anyMatch(field -> held.is(field, List.of(Glob.literal(value)), false)));
  }

  private String valueOf(KqlField field) {
    List<String> values = new ArrayList<>();
    while (values.isEmpty()) {
      values.addAll(oneOf(documents).valuesOf(field));
    }
    return oneOf(values);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** A backslash before whatever means something, and before words that are operators. */
  private static String unquoted(String text) {
    String escaped =
        text.replaceAll("[\\\\():<>\"*{}]", "\\\\$0")
            .replace("\n", "\\n")
            .replace("\t", "\\t")
            .replaceAll("(?i)(?<![^ ])(and|or|not)(?![^ ])", "\\\\$1");
    return escaped.replaceAll("(^ | $|(?<= ) )", "\\\\ ");
  }

  private String blank() {
    return random.nextBoolean() ? "" : " ";
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
