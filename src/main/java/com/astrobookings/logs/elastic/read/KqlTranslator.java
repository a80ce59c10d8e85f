package com.astrobookings.logs.elastic.read;

import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch._types.query_dsl.TextQueryType;
import co.elastic.clients.json.JsonData;
import com.astrobookings.logs.event.value.FieldType;
import com.astrobookings.logs.store.kql.KqlField;
import com.astrobookings.logs.store.kql.KqlNode;
import com.astrobookings.logs.store.kql.KqlNode.And;
import com.astrobookings.logs.store.kql.KqlNode.Exists;
import com.astrobookings.logs.store.kql.KqlNode.Match;
import com.astrobookings.logs.store.kql.KqlNode.MatchAll;
import com.astrobookings.logs.store.kql.KqlNode.Not;
import com.astrobookings.logs.store.kql.KqlNode.Or;
import com.astrobookings.logs.store.kql.KqlNode.Range;
import com.astrobookings.logs.store.kql.KqlNode.Term;
import com.astrobookings.logs.store.kql.KqlNode.Wildcard;
import com.astrobookings.logs.store.kql.WildcardPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Translates a parsed query into Query DSL. Pure.
 *
 * <p>Conditions become the queries that Kibana builds, {@code
 * kbn-es-query/src/kuery/functions/is.ts} and {@code range.ts}: {@code term} and {@code wildcard}
 * for keywords, {@code match} and {@code match_phrase} for text, {@code multi_match} where no field
 * is named, {@code range} and {@code exists}. One is different: a word of text with a wildcard
 * becomes a {@code wildcard} query, not a {@code query_string}, which would parse it once more.
 *
 * <p>Elasticsearch refuses {@code bool} queries of more than 30 levels ({@code
 * indices.query.bool.max_nested_depth}). So that 32 levels of the language fit, negations are moved
 * to the conditions (De Morgan), and one {@code bool} holds a conjunction together with the deepest
 * disjunction in it.
 */
final class KqlTranslator {

  private KqlTranslator() {}

  /** Returns the query that matches the same documents. */
  static Query translate(KqlNode node) {
    return query(normalize(node, false));
  }

  /**
   * Returns the node, or its negation, with {@code Not} around conditions only, and no {@code And}
   * directly within an {@code And} nor {@code Or} within an {@code Or}.
   */
  private static KqlNode normalize(KqlNode node, boolean negated) {
    return switch (node) {
      case Not not -> normalize(not.node(), !negated);
      case And and -> negated ? or(and.nodes(), true) : and(and.nodes(), false);
      case Or or -> negated ? and(or.nodes(), true) : or(or.nodes(), false);
      case MatchAll _, Exists _, Term _, Wildcard _, Match _, Range _ ->
          negated ? new Not(node) : node;
    };
  }

  private static KqlNode and(List<KqlNode> nodes, boolean negated) {
    return new And(
        nodes.stream()
            .map(node -> normalize(node, negated))
            .flatMap(node -> node instanceof And inner ? inner.nodes().stream() : Stream.of(node))
            .toList());
  }

  private static KqlNode or(List<KqlNode> nodes, boolean negated) {
    return new Or(
        nodes.stream()
            .map(node -> normalize(node, negated))
            .flatMap(node -> node instanceof Or inner ? inner.nodes().stream() : Stream.of(node))
            .toList());
  }

  private static Query query(KqlNode node) {
    return switch (node) {
      case And and -> Query.of(q -> q.bool(conjunction(and)));
      case Or or -> Query.of(q -> q.bool(b -> addAlternatives(b, or)));
      case Not not -> Query.of(q -> q.bool(b -> b.mustNot(query(not.node()))));
      case MatchAll _ -> Query.of(q -> q.matchAll(m -> m));
      case Exists exists -> Query.of(q -> q.exists(e -> e.field(exists.field().path())));
      case Term term ->
          Query.of(q -> q.term(t -> t.field(term.field().path()).value(term.value())));
      case Wildcard wildcard -> wildcard(wildcard.field(), wildcard.pattern());
      case Match match -> match(match);
      case Range range -> range(range);
    };
  }

  private static BoolQuery conjunction(And and) {
    BoolQuery.Builder bool = new BoolQuery.Builder();
    List<Or> alternatives = new ArrayList<>();
    for (KqlNode node : and.nodes()) {
      switch (node) {
        case Or or -> alternatives.add(or);
        case Not not -> bool.mustNot(query(not.node()));
        case And _, MatchAll _, Exists _, Term _, Wildcard _, Match _, Range _ ->
            bool.filter(query(node));
      }
    }
    alternatives.sort(Comparator.comparingInt(KqlTranslator::depth));
    if (!alternatives.isEmpty()) {
      addAlternatives(bool, alternatives.removeLast());
      alternatives.forEach(or -> bool.filter(query(or)));
    }
    return bool.build();
  }

  private static BoolQuery.Builder addAlternatives(BoolQuery.Builder bool, Or or) {
    or.nodes().forEach(node -> bool.should(query(node)));
    return bool.minimumShouldMatch("1");
  }

  private static int depth(KqlNode node) {
    return switch (node) {
      case And and -> 1 + depth(and.nodes());
      case Or or -> 1 + depth(or.nodes());
      case Not _, MatchAll _, Exists _, Term _, Wildcard _, Match _, Range _ -> 0;
    };
  }

  private static int depth(List<KqlNode> nodes) {
    return nodes.stream().mapToInt(KqlTranslator::depth).max().orElse(0);
  }

  /** On the key of a flattened field Elasticsearch supports prefixes, but not wildcards. */
  private static Query wildcard(KqlField field, WildcardPattern pattern) {
    if (field.type() == FieldType.FLATTENED) {
      String prefix = pattern.parts().getFirst();
      return Query.of(q -> q.prefix(p -> p.field(field.path()).value(prefix)));
    }
    String escaped =
        pattern.parts().stream()
            .map(part -> part.replaceAll("[\\\\*?]", "\\\\$0"))
            .collect(Collectors.joining("*"));
    String value = field.type().isFreeText() ? lowerCase(escaped) : escaped;
    return Query.of(q -> q.wildcard(w -> w.field(field.path()).value(value)));
  }

  /** Both analyzers of text index words in lower case, one code point at a time. */
  private static String lowerCase(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Query match(Match match) {
    List<String> fields = match.fields().stream().map(KqlField::path).toList();
    if (fields.size() > 1) {
      TextQueryType type = match.phrase() ? TextQueryType.Phrase : TextQueryType.BestFields;
      return Query.of(q -> q.multiMatch(m -> m.fields(fields).query(match.text()).type(type)));
    }
    String field = fields.getFirst();
    return match.phrase()
        ? Query.of(q -> q.matchPhrase(m -> m.field(field).query(match.text())))
        : Query.of(q -> q.match(m -> m.field(field).query(match.text())));
  }

  private static Query range(Range range) {
    return Query.of(q ->
        q.range(r ->
            r.untyped(u -> {
              u.field(range.field().path());
              range
                  .bounds()
                  .forEach((operator, value) -> {
                    JsonData bound = JsonData.of(value);
                    switch (operator) {
                      case LT -> u.lt(bound);
                      case LTE -> u.lte(bound);
                      case GT -> u.gt(bound);
                      case GTE -> u.gte(bound);
                    }
                  });
              return u;
            })));
  }
}
