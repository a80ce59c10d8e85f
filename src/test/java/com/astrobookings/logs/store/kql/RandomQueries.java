package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.value.FieldType;
import com.astrobookings.logs.event.value.StoredInstants;
import com.astrobookings.logs.store.kql.KqlNode.Operator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes random queries that each match some of the documents, typed in many ways. */
final class RandomQueries {

  private static final List<String> WORDS =
      List.of(
          ("core api core-api zürich O'Brien Bob launch json booking Booking confirm failed"
                  + " succeeded CustomerDB PASSWORD_RESET e3 AND x y java.lang.NullPointerException"
                  + " NullPointerException anna example.com")
              .split(" "));

  private static final Map<String, FieldType> TYPES = types();

  private final Random random;
  private final List<DocumentModel> documents;
  private final List<KqlField> fields;

  RandomQueries(Random random, List<DocumentModel> documents) {
    this.random = random;
    this.documents = documents;
    this.fields = fields();
  }

  private static Map<String, FieldType> types() {
    Map<String, FieldType> types = new TreeMap<>(EventSchema.fieldTypes());
    EventSchema.fieldTypes()
        .forEach((path, type) ->
            type.subFields().forEach((name, sub) -> types.put(path + "." + name, sub)));
    return types;
  }

  private static List<KqlField> fields() {
    return Stream.concat(
            TYPES.keySet().stream(),
            Stream.of("labels.region", "labels.team", "labels.build.number"))
        .map(RandomQueries::field)
        .toList();
  }

  /** Returns a query with conditions so many levels deep. */
  RandomQuery next(int depth) {
    if (depth == 0) {
      return condition();
    }
    return switch (random.nextInt(5)) {
      case 0 -> next(depth - 1).not(random);
      case 1, 2 -> next(depth - 1).or(next(depth - 1), random);
      default -> next(depth - 1).and(next(depth - 1), random);
    };
  }

  private RandomQuery condition() {
    KqlField field = oneOf(fields);
    return switch (random.nextInt(10)) {
      case 0 -> words();
      case 1 ->
          RandomQuery.condition(
              field.path() + blank() + ":" + blank() + "*", document -> document.has(field));
      case 2 -> manyFields();
      case 3, 4 -> list(field);
      case 5, 6 -> comparison(field);
      default -> value(field).of(field);
    };
  }

  /** A value as it is typed for each of two readers, and what it matches. */
  private record Value(String text, String elastic, Predicate<DocumentModel> matches) {

    Value(String text, Predicate<DocumentModel> matches) {
      this(text, text, matches);
    }

    RandomQuery of(KqlField field) {
      return RandomQuery.condition(
          field.path() + ": " + text, field.path() + ": " + elastic, matches);
    }
  }

  private RandomQuery words() {
    Function<KqlField, Value> text = text();
    List<Value> values =
        Stream.concat(
                KqlQuery.FREE_TEXT.stream(),
                Stream.of("error.message.words", "error.stack_trace.words"))
            .map(RandomQueries::field)
            .map(text)
            .toList();
    return RandomQuery.condition(
        values.getFirst().text(),
        values.getFirst().elastic(),
        document -> values.stream().anyMatch(value -> value.matches().test(document)));
  }

  /** Words or a phrase, and what they match in a field. */
  private Function<KqlField, Value> text() {
    int count = 1 + random.nextInt(2);
    List<String> words = Stream.generate(() -> oneOf(WORDS)).limit(count).toList();
    String joined = String.join(" ", words);
    return switch (random.nextInt(3)) {
      case 0 ->
          field -> new Value(quoted(joined), document -> document.hasWords(field, joined, true));
      case 1 -> {
        String word = oneOf(List.of("boo", "Boo", "cor", "zür", "launc", "conf", "nul"));
        yield field -> new Value(word + "*", document -> document.fits(field, List.of(word, "")));
      }
      default -> {
        String typed = words.stream().map(RandomQueries::unquoted).collect(Collectors.joining(" "));
        String elastic = typed.replace("\\AND", "\\u0041ND");
        yield field ->
            new Value(typed, elastic, document -> document.hasWords(field, joined, false));
      }
    };
  }

  private RandomQuery list(KqlField field) {
    Value one = value(field);
    Value other = value(field);
    Value third = value(field);
    RandomQuery first = one.of(field);
    RandomQuery second = other.of(field);
    RandomQuery last = third.of(field);
    return switch (random.nextInt(3)) {
      case 0 -> list(field, one.text() + " or " + other.text(), first.or(second, random));
      case 1 ->
          list(
              field,
              one.text() + " and not " + other.text(),
              first.and(second.not(random), random));
      default ->
          list(
              field,
              "%s or %s and %s".formatted(one.text(), other.text(), third.text()),
              first.or(second.and(last, random), random));
    };
  }

  private RandomQuery list(KqlField field, String values, RandomQuery meaning) {
    return RandomQuery.condition(
        field.path() + ":" + blank() + "(" + values + ")", meaning.elastic(), meaning.matches());
  }

  private Value value(KqlField field) {
    if (field.type().isFreeText()) {
      return text().apply(field);
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
    return new Value(
        typed(value), quotedForElastic(value), document -> document.equalTo(field, value));
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
    return new Value(start + "*", document -> document.fits(field, List.of(start, "")));
  }

  private Value block(KqlField field, String address) {
    int bits = random.nextInt(address.contains(":") ? 129 : 33);
    String block = random.nextBoolean() ? address : address + "/" + bits;
    return new Value(quoted(block), document -> document.equalTo(field, block));
  }

  private Value second(KqlField field, String time) {
    String second = time.substring(0, 19);
    return new Value(
        quoted(second + "Z"),
        document -> document.valuesOf(field).stream().anyMatch(value -> value.startsWith(second)));
  }

  private RandomQuery comparison(KqlField field) {
    if (field.type().isFreeText()) {
      return value(field).of(field);
    }
    Operator operator = oneOf(List.of(Operator.values()));
    String comparison =
        field.path()
            + " "
            + switch (operator) {
              case LT -> "<";
              case LTE -> "<=";
              case GT -> ">";
              case GTE -> ">=";
            }
            + " ";
    String bound = valueOf(field);
    boolean time = field.type() == FieldType.DATE_NANOS;
    return RandomQuery.condition(
        comparison + (time ? wholeNanos(bound) : typed(bound)),
        comparison + (time ? wholeNanos(bound) : quotedForElastic(bound)),
        document -> document.lies(field, operator, bound));
  }

  /** A time whose span is one nanosecond. */
  private static String wholeNanos(String time) {
    return quoted(StoredInstants.exactly(Instant.parse(time)));
  }

  private RandomQuery manyFields() {
    String prefix = oneOf(List.of("user", "notification"));
    List<KqlField> meant =
        fields.stream().filter(field -> field.path().startsWith(prefix + ".")).toList();
    String value = valueOf(oneOf(meant));
    return RandomQuery.condition(
        prefix + ".*: " + quoted(value),
        prefix + ".*: " + quotedForElastic(value),
        document -> meant.stream().anyMatch(field -> document.equalTo(field, value)));
  }

  /** The field of that path; as for the query, all keys below labels are of one type. */
  private static KqlField field(String path) {
    FieldType type = TYPES.get(path.startsWith("labels.") ? "labels" : path);
    return new KqlField(path, Objects.requireNonNull(type, path));
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

  /** Either in quotes or with escapes. */
  private String typed(String value) {
    return random.nextBoolean() || value.isBlank() ? quoted(value) : unquoted(value);
  }

  /** Elasticsearch and Kibana do not agree on what a backslash escapes, but on Unicode escapes. */
  private static String quotedForElastic(String text) {
    return '"' + text.replace("\\", "\\u005c").replace("\"", "\\u0022") + '"';
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
