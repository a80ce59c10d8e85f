package com.astrobookings.logs.elastic.index;

import co.elastic.clients.elasticsearch.indices.IndexSettings;
import co.elastic.clients.elasticsearch.indices.IndexState;
import co.elastic.clients.elasticsearch.indices.Translog;
import co.elastic.clients.elasticsearch.indices.TranslogDurability;
import co.elastic.clients.json.JsonData;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an existing index is like, as far as it matters to us.
 *
 * @param version the version of the shape it was last prepared for; 0 if it never was
 * @param aliases the other names it goes by
 * @param durable whether a write is on disk when it is acknowledged
 * @param defaultFields where words are looked for that name no field
 */
record IndexCondition(
    String name, int version, Set<String> aliases, boolean durable, List<String> defaultFields) {

  /** The parts of an index's description that {@link #of} reads. */
  static final String FILTER =
      "*.aliases,*.mappings._meta,*.settings.index.translog,*.settings.index.query";

  static IndexCondition of(String name, IndexState state) {
    IndexSettings settings = inner(state.settings());
    return new IndexCondition(
        name,
        state.mappings() == null ? 0 : version(state.mappings().meta()),
        state.aliases().keySet(),
        settings == null || durable(settings.translog()),
        settings == null ? List.of() : defaultFields(settings));
  }

  static int version(Map<String, JsonData> meta) {
    JsonData version = meta.get(IndexRequests.VERSION);
    return version != null && version.toJson() instanceof JsonNumber number ? number.intValue() : 0;
  }

  boolean hasSettings(List<String> wanted) {
    return durable && defaultFields.equals(wanted);
  }

  private static List<String> defaultFields(IndexSettings settings) {
    JsonData query = settings.otherSettings().get("query");
    JsonValue fields = query == null ? null : query.toJson().asJsonObject().get("default_field");
    return fields instanceof JsonArray array ? array.getValuesAs(JsonString::getString) : List.of();
  }

  private static @Nullable IndexSettings inner(@Nullable IndexSettings settings) {
    return settings == null || settings.index() == null ? settings : settings.index();
  }

  private static boolean durable(@Nullable Translog translog) {
    return translog == null || translog.durability() != TranslogDurability.Async;
  }
}
