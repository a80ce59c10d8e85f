package com.astrobookings.logs.store.kql;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A node of a parsed query: an operator over other nodes, or a condition that one stored document
 * fulfils or not. Values are in the spelling of the stored documents; relative times are resolved.
 */
public sealed interface KqlNode {

  /** Matches what matches every node of at least two. */
  record And(List<KqlNode> nodes) implements KqlNode {
    /** Copies the list. */
    public And {
      nodes = List.copyOf(nodes);
    }
  }

  /** Matches what matches any node of at least two. */
  record Or(List<KqlNode> nodes) implements KqlNode {
    /** Copies the list. */
    public Or {
      nodes = List.copyOf(nodes);
    }
  }

  /** Matches what does not match the node. */
  record Not(KqlNode node) implements KqlNode {}

  /** Matches every document. */
  record MatchAll() implements KqlNode {}

  /** Matches documents that have any value in the field. */
  record Exists(KqlField field) implements KqlNode {}

  /**
   * Matches documents whose field has exactly this value.
   *
   * @param field a field that holds no text
   * @param value of an address also a block in CIDR notation; of a number its decimal digits
   */
  record Term(KqlField field, String value) implements KqlNode {}

  /**
   * Matches documents whose field has a value, or a word of text, that fits the pattern.
   *
   * @param field a field of keywords, labels or text
   */
  record Wildcard(KqlField field, WildcardPattern pattern) implements KqlNode {}

  /**
   * Matches documents that have the words in at least one of the fields, as the analyzer of the
   * field sees words.
   *
   * @param fields fields that hold text, at least one
   * @param phrase whether one field must have all words next to each other, in this order; if not,
   *     any of them is enough
   */
  record Match(List<KqlField> fields, String text, boolean phrase) implements KqlNode {
    /** Copies the list. */
    public Match {
      fields = List.copyOf(fields);
    }
  }

  /**
   * Matches documents whose field has a value within all bounds.
   *
   * @param field a field that holds no text
   * @param bounds at least one; of times as ISO-8601 in UTC with nanoseconds
   */
  record Range(KqlField field, Map<Operator, String> bounds) implements KqlNode {
    /** Copies the map. */
    public Range {
      bounds = Collections.unmodifiableMap(new EnumMap<>(bounds));
    }
  }

  /** How a value is compared with a bound. */
  enum Operator {
    /** Less than the bound. */
    LT,
    /** Less than the bound, or equal. */
    LTE,
    /** Greater than the bound. */
    GT,
    /** Greater than the bound, or equal. */
    GTE
  }

  /** The conjunction of at least one node. */
  static KqlNode and(List<KqlNode> nodes) {
    return nodes.size() == 1 ? nodes.getFirst() : new And(nodes);
  }

  /** The disjunction of at least one node. */
  static KqlNode or(List<KqlNode> nodes) {
    return nodes.size() == 1 ? nodes.getFirst() : new Or(nodes);
  }
}
