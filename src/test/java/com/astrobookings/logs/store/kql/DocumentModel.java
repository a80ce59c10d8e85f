package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.FieldType;
import com.astrobookings.logs.store.kql.KqlNode.Operator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stored document, and single conditions evaluated on it without an index. The analyzers are
 * those of Elasticsearch as far as the events of tests need them. Nothing here is shared with the
 * code that parses or translates queries.
 */
final class DocumentModel {

  private static final JsonMapper JSON = new JsonMapper();

  /** Words as the standard analyser cuts them; the simple one knows letters alone. */
  private static final Pattern STANDARD =
      Pattern.compile(
          "\\p{IsHan}|[\\p{L}\\p{N}_]+(?:(?<=\\p{L})['.](?=\\p{L})[\\p{L}\\p{N}_]+"
              + "|(?<=\\p{N})[.,](?=\\p{N})[\\p{L}\\p{N}_]+)*");

  private static final Pattern SIMPLE = Pattern.compile("\\p{L}+");

  private final Map<String, String> values = new HashMap<>();

  private DocumentModel() {}

  static DocumentModel of(StoredEvent stored) {
    DocumentModel model = new DocumentModel();
    model.add("", JSON.readTree(EventDocument.write(stored)));
    return model;
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

  /** Whether the field has exactly the value; of addresses, lies in the block. */
  boolean equalTo(KqlField field, String wanted) {
    return valuesOf(field).stream()
        .anyMatch(value ->
            field.type() == FieldType.IP
                ? contains(wanted, value)
                : compare(field, value, wanted) == 0);
  }

  /**
   * Whether the value, or a word of text, consists of these parts with anything between them.
   *
   * @param parts at least two
   */
  boolean fits(KqlField field, List<String> parts) {
    String regex = parts.stream().map(Pattern::quote).collect(Collectors.joining(".*"));
    return valuesOf(field).stream()
        .anyMatch(value ->
            switch (field.type()) {
              case KEYWORD, FLATTENED ->
                  Pattern.compile(regex, Pattern.DOTALL).matcher(value).matches();
              case LOWERCASE_KEYWORD ->
                  Pattern.compile(lower(parts), Pattern.DOTALL).matcher(lower(value)).matches();
              case TEXT, TEXT_WITH_KEYWORD, TEXT_WITH_WORDS, WORDS ->
                  words(field, value).stream().anyMatch(word -> word.matches(lower(parts)));
              case IP, BYTE, LONG, DOUBLE, DATE_NANOS ->
                  throw new IllegalArgumentException("No pattern fits " + field);
            });
  }

  private static String lower(List<String> parts) {
    return parts.stream()
        .map(DocumentModel::lower)
        .map(Pattern::quote)
        .collect(Collectors.joining(".*"));
  }

  /** Whether the field has any of the words of {@code text}, or all of them as a phrase. */
  boolean hasWords(KqlField field, String text, boolean phrase) {
    List<String> wanted = words(field, text);
    return valuesOf(field).stream()
        .map(value -> words(field, value))
        .anyMatch(words ->
            phrase
                ? !wanted.isEmpty() && Collections.indexOfSubList(words, wanted) >= 0
                : wanted.stream().anyMatch(words::contains));
  }

  private static List<String> words(KqlField field, String text) {
    Pattern word = field.type() == FieldType.WORDS ? SIMPLE : STANDARD;
    return word.matcher(text).results().map(MatchResult::group).map(DocumentModel::lower).toList();
  }

  /** Whether a value of the field lies on that side of {@code bound}. */
  boolean lies(KqlField field, Operator operator, String bound) {
    return valuesOf(field).stream().anyMatch(value -> lies(field, value, operator, bound));
  }

  static boolean lies(KqlField field, String value, Operator operator, String bound) {
    int order = compare(field, value, bound);
    return switch (operator) {
      case LT -> order < 0;
      case LTE -> order <= 0;
      case GT -> order > 0;
      case GTE -> order >= 0;
    };
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

  /** Character by character, as indices do it: not by the rules of any language. */
  private static String lower(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
