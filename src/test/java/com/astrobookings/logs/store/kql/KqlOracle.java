package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.kql.KqlNode.And;
import com.astrobookings.logs.store.kql.KqlNode.Exists;
import com.astrobookings.logs.store.kql.KqlNode.Match;
import com.astrobookings.logs.store.kql.KqlNode.MatchAll;
import com.astrobookings.logs.store.kql.KqlNode.Not;
import com.astrobookings.logs.store.kql.KqlNode.Or;
import com.astrobookings.logs.store.kql.KqlNode.Range;
import com.astrobookings.logs.store.kql.KqlNode.Term;
import com.astrobookings.logs.store.kql.KqlNode.Wildcard;

/** Evaluates a parsed query on one event, without an index. */
public final class KqlOracle {

  private KqlOracle() {}

  /** Whether the query matches the event. */
  public static boolean matches(KqlQuery query, StoredEvent event) {
    return matches(query.root(), DocumentModel.of(event));
  }

  static boolean matches(KqlNode node, DocumentModel document) {
    return switch (node) {
      case And and -> and.nodes().stream().allMatch(inner -> matches(inner, document));
      case Or or -> or.nodes().stream().anyMatch(inner -> matches(inner, document));
      case Not not -> !matches(not.node(), document);
      case MatchAll _ -> true;
      case Exists exists -> document.has(exists.field());
      case Term term -> document.equalTo(term.field(), term.value());
      case Wildcard wildcard -> document.fits(wildcard.field(), wildcard.pattern().parts());
      case Match match ->
          match.fields().stream()
              .anyMatch(field -> document.hasWords(field, match.text(), match.phrase()));
      case Range range ->
          document.valuesOf(range.field()).stream()
              .anyMatch(value ->
                  range.bounds().entrySet().stream()
                      .allMatch(bound ->
                          DocumentModel.lies(
                              range.field(), value, bound.getKey(), bound.getValue())));
    };
  }
}
