package com.astrobookings.logs.elastic.index;

import co.elastic.clients.elasticsearch._types.mapping.Property;
import com.astrobookings.logs.event.value.FieldType;

/** How Elasticsearch indexes each type of field. Uses built-in analysers and normalisers only. */
final class FieldMapping {

  private FieldMapping() {}

  static Property of(FieldType type) {
    return switch (type) {
      case KEYWORD -> Property.of(p -> p.keyword(k -> k));
      case LOWERCASE_KEYWORD -> Property.of(p -> p.keyword(k -> k.normalizer("lowercase")));
      case TEXT, TEXT_WITH_KEYWORD, TEXT_WITH_WORDS -> text(type);
      // Cuts at everything that is not a letter, so that it finds the parts of qualified names.
      case WORDS -> Property.of(p -> p.text(t -> t.analyzer("simple")));
      case IP -> Property.of(p -> p.ip(ip -> ip));
      case BYTE -> Property.of(p -> p.byte_(b -> b));
      case LONG -> Property.of(p -> p.long_(l -> l));
      case DOUBLE -> Property.of(p -> p.double_(d -> d));
      case DATE_NANOS -> Property.of(p -> p.dateNanos(d -> d));
      case FLATTENED -> Property.of(p -> p.flattened(f -> f));
    };
  }

  private static Property text(FieldType type) {
    return Property.of(p ->
        p.text(t -> {
          type.subFields().forEach((name, sub) -> t.fields(name, of(sub)));
          return t;
        }));
  }
}
