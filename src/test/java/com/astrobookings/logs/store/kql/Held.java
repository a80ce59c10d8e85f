package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.FieldType;
import com.astrobookings.logs.store.kql.Token.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stored document and what single conditions find in it, said without an index. The analysers are
 * those of Elasticsearch as far as the events of tests need them.
 */
final class Held {

  private static final JsonMapper JSON = new JsonMapper();

  /** Words as the standard analyser cuts them; the simple one knows letters alone. */
  private static final Pattern STANDARD =
      Pattern.compile(
          "\\p{IsHan}|[\\p{L}\\p{N}_]+(?:(?<=\\p{L})['.](?=\\p{L})[\\p{L}\\p{N}_]+"
              + "|(?<=\\p{N})[.,](?=\\p{N})[\\p{L}\\p{N}_]+)*");

  private static final Pattern SIMPLE = Pattern.compile("\\p{L}+");

  private final Map<String, String> values = new HashMap<>();

  private Held() {}

  static Held of(StoredEvent stored) {
    Held held = new Held();
    held.add("", JSON.readTree(EventDocument.write(stored)));
    return held;
  }

  private void add(String path, JsonNode node) {
    if (node.isObject()) {
      node.forEachEntry((name, value) -> add(path.isEmpty() ? name : path + "." + name, value));
    } else {
      values.put(path, node.asString());
    }
  }

  /** What the field has; several values only of all labels together. */
  List<String> valuesOf(KqlField field) {
    if (field.path().equals("labels")) {
      return values.entrySet().stream()
          .filter(label -> label.getKey().startsWith("labels."))
          .map(Map.Entry::getValue)
          .toList();
    }
    String value = values.get(field.path().replaceFirst("\\.(keyword|words)$", ""));
    return value == null ? List.of() : List.of(value);
  }

  boolean has(KqlField field) {
    return !valuesOf(field).isEmpty();
  }

  /**
   * Whether the field has the value.
   *
   * @param texts the value as words; of fields that are texts themselves one is enough
   * @param phrase whether the words have to stand in this order
   */
  boolean is(KqlField field, List<Glob> texts, boolean phrase) {
    return valuesOf(field).stream().anyMatch(value -> is(field, value, texts, phrase));
  }

  private static boolean is(KqlField field, String value, List<Glob> texts, boolean phrase) {
    Glob whole = Glob.join(texts);
    return switch (field.type()) {
      case KEYWORD, FLATTENED -> whole.matches(value);
      case LOWERCASE_KEYWORD -> lower(whole).matches(lower(value));
      case TEXT, TEXT_WITH_KEYWORD, TEXT_WITH_WORDS, WORDS -> finds(field, value, texts, phrase);
      case IP -> contains(whole.text(), value);
      case BYTE, LONG, DOUBLE -> compare(field, value, whole.text()) == 0;
      case DATE_NANOS -> throw new IllegalArgumentException("Times are compared");
    };
  }

  private static boolean finds(KqlField field, String value, List<Glob> texts, boolean phrase) {
    List<String> words = words(field, value);
    if (phrase) {
      List<String> wanted = words(field, texts.getFirst().text());
      return !wanted.isEmpty() && Collections.indexOfSubList(words, wanted) >= 0;
    }
    return texts.stream()
        .anyMatch(text ->
            text.hasWildcard()
                ? words.stream().anyMatch(lower(text)::matches)
                : words(field, text.text()).stream().anyMatch(words::contains));
  }

  private static List<String> words(KqlField field, String text) {
    Pattern word = field.type() == FieldType.WORDS ? SIMPLE : STANDARD;
    return word.matcher(text).results().map(MatchResult::group).map(Held::lower).toList();
  }

  /** Whether the value of the field lies on that side of {@code bound}. */
  boolean lies(KqlField field, Kind operator, String bound) {
    return valuesOf(field).stream()
        .map(value -> compare(field, value, bound))
        .anyMatch(order ->
            switch (operator) {
              case LESS -> order < 0;
              case AT_MOST -> order <= 0;
              case MORE -> order > 0;
              case AT_LEAST -> order >= 0;
              default -> throw new IllegalArgumentException(operator.shown());
            });
  }

  private static int compare(KqlField field, String value, String bound) {
    return switch (field.type()) {
      case KEYWORD, FLATTENED -> byCodePoint(value, bound);
      case LOWERCASE_KEYWORD -> byCodePoint(lower(value), lower(bound));
      case IP -> number(value).compareTo(number(bound));
      case BYTE, LONG -> new BigDecimal(value).compareTo(new BigDecimal(bound));
      case DOUBLE -> Double.compare(Double.parseDouble(value), Double.parseDouble(bound));
      case DATE_NANOS -> Instant.parse(value).compareTo(Instant.parse(bound));
      case TEXT, TEXT_WITH_KEYWORD, TEXT_WITH_WORDS, WORDS ->
          throw new IllegalArgumentException("Texts have no order");
    };
  }

  private static int byCodePoint(String one, String other) {
    int[] left = one.codePoints().toArray();
    int[] right = other.codePoints().toArray();
    return IntStream.range(0, Math.min(left.length, right.length))
        .filter(i -> left[i] != right[i])
        .map(i -> Integer.compare(left[i], right[i]))
        .findFirst()
        .orElse(Integer.compare(left.length, right.length));
  }

  /** An address among those of both kinds, which share one line of 128 bits. */
  private static BigInteger number(String address) {
    byte[] bytes = Addresses.parse(address).orElseThrow().getAddress();
    BigInteger number = new BigInteger(1, bytes);
    return bytes.length == 4 ? number.add(BigInteger.valueOf(0xFFFF_0000_0000L)) : number;
  }

  private static boolean contains(String block, String address) {
    String[] parts = block.split("/", 2);
    int bits = parts[0].contains(":") ? 128 : 32;
    int free = parts.length == 1 ? 0 : bits - Integer.parseInt(parts[1]);
    return number(parts[0]).shiftRight(free).equals(number(address).shiftRight(free));
  }

  static Glob lower(Glob glob) {
    return new Glob(glob.parts().stream().map(Held::lower).toList());
  }

  /** Character by character, as indices do it: not by the rules of any language. */
  private static String lower(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
