package com.astrobookings.logs.elastic.index;

import co.elastic.clients.elasticsearch._types.mapping.Property;
import com.astrobookings.logs.event.value.DocumentType;

/** How Elasticsearch indexes each type of field. Uses built-in analysers and normalisers only. */
final class FieldMapping {

  /** The sub-field that finds words inside identifiers. */
  static final String WORDS = "words";

  private FieldMapping() {}

  static Property of(DocumentType type) {
    return switch (type) {
      case KEYWORD -> keyword();
      case LOWERCASE_KEYWORD -> Property.of(p -> p.keyword(k -> k.normalizer("lowercase")));
      case TEXT -> Property.of(p -> p.text(t -> t));
      case TEXT_WITH_KEYWORD ->
          Property.of(p -> p.text(t -> t.fields("keyword", keyword()).fields(WORDS, words())));
      case TEXT_WITH_WORDS -> Property.of(p -> p.text(t -> t.fields(WORDS, words())));
      case IP -> Property.of(p -> p.ip(ip -> ip));
      case BYTE -> Property.of(p -> p.byte_(b -> b));
      case LONG -> Property.of(p -> p.long_(l -> l));
      case DOUBLE -> Property.of(p -> p.double_(d -> d));
      case DATE_NANOS -> Property.of(p -> p.dateNanos(d -> d));
      case FLATTENED -> Property.of(p -> p.flattened(f -> f));
    };
  }

  private static Property keyword() {
    return Property.of(p -> p.keyword(k -> k));
  }

  /** Cuts at everything that is not a letter, so that it finds the parts of qualified names. */
  private static Property words() {
    return Property.of(p -> p.text(t -> t.analyzer("simple")));
  }
}
