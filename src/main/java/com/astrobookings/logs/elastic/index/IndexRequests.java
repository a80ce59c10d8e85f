package com.astrobookings.logs.elastic.index;

import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.mapping.DynamicMapping;
import co.elastic.clients.elasticsearch._types.mapping.Property;
import co.elastic.clients.elasticsearch._types.mapping.TypeMapping;
import co.elastic.clients.elasticsearch.indices.CreateIndexRequest;
import co.elastic.clients.elasticsearch.indices.IndexSettings;
import co.elastic.clients.elasticsearch.indices.PutIndexTemplateRequest;
import co.elastic.clients.elasticsearch.indices.PutIndicesSettingsRequest;
import co.elastic.clients.elasticsearch.indices.PutMappingRequest;
import co.elastic.clients.elasticsearch.indices.TranslogDurability;
import co.elastic.clients.elasticsearch.indices.UpdateAliasesRequest;
import co.elastic.clients.json.JsonData;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the requests that create and update template and indices. Pure. */
final class IndexRequests {

  static final String TEMPLATE = "astrobookings-events";
  static final String DEFAULT_FIELD = "query.default_field";

  /** The place in {@code _meta} of mapping and template that holds the schema's version. */
  static final String VERSION = "version";

  /** Above what operators usually write; a broader template of theirs must not win. */
  private static final long PRIORITY = 500;

  /** The time-out of Elasticsearch for one request. */
  private static final Time ELASTICSEARCH_TIMEOUT = Time.of(t -> t.time("3s"));

  private final IndexSchema schema;
  private final int shards;

  /**
   * Requests for indices of one shape.
   *
   * @param shards primary shards of each new index
   */
  IndexRequests(IndexSchema schema, int shards) {
    this.schema = schema;
    this.shards = shards;
  }

  List<String> defaultFields() {
    return schema.defaultFields();
  }

  int version() {
    return schema.version();
  }

  PutIndexTemplateRequest template() {
    return PutIndexTemplateRequest.of(t ->
        t.name(TEMPLATE)
            .indexPatterns(MonthIndex.ALL)
            .priority(PRIORITY)
            .allowAutoCreate(false)
            .meta(meta())
            .masterTimeout(ELASTICSEARCH_TIMEOUT)
            .template(m -> m.mappings(mapping()).settings(settingsOfNew())));
  }

  CreateIndexRequest create(MonthIndex month) {
    return CreateIndexRequest.of(c ->
        c.index(month.name())
            .mappings(mapping())
            .settings(settingsOfNew())
            .aliases(month.writeAlias(), a -> a.isWriteIndex(true))
            .waitForActiveShards(w -> w.count(0))
            .masterTimeout(ELASTICSEARCH_TIMEOUT)
            .timeout(ELASTICSEARCH_TIMEOUT));
  }

  PutMappingRequest mapping(String index) {
    return PutMappingRequest.of(m ->
        m.index(index)
            .dynamic(DynamicMapping.Strict)
            .meta(meta())
            .properties(properties())
            .masterTimeout(ELASTICSEARCH_TIMEOUT)
            .timeout(ELASTICSEARCH_TIMEOUT));
  }

  /** Settings that every month must have; what operators may tune is left as it is. */
  PutIndicesSettingsRequest settings(String index) {
    return PutIndicesSettingsRequest.of(s ->
        s.index(index)
            .settings(IndexSettings.of(this::required))
            .masterTimeout(ELASTICSEARCH_TIMEOUT)
            .timeout(ELASTICSEARCH_TIMEOUT));
  }

  UpdateAliasesRequest alias(MonthIndex month) {
    return UpdateAliasesRequest.of(u ->
        u.actions(a ->
                a.add(add -> add.index(month.name()).alias(month.writeAlias()).isWriteIndex(true)))
            .masterTimeout(ELASTICSEARCH_TIMEOUT)
            .timeout(ELASTICSEARCH_TIMEOUT));
  }

  TypeMapping mapping() {
    return TypeMapping.of(
        m -> m.dynamic(DynamicMapping.Strict).meta(meta()).properties(properties()));
  }

  IndexSettings settingsOfNew() {
    return IndexSettings.of(s ->
        required(s)
            .numberOfShards(Integer.toString(shards))
            .autoExpandReplicas("0-1")
            .refreshInterval(t -> t.time("1s")));
  }

  private IndexSettings.Builder required(IndexSettings.Builder settings) {
    return settings
        .translog(t -> t.durability(TranslogDurability.Request))
        .otherSettings(DEFAULT_FIELD, JsonData.of(schema.defaultFields()));
  }

  private Map<String, Property> properties() {
    Map<String, Property> properties = new TreeMap<>();
    schema.types().forEach((path, type) -> properties.put(path, FieldMapping.of(type)));
    return properties;
  }

  private Map<String, JsonData> meta() {
    return Map.of(VERSION, JsonData.of(schema.version()));
  }
}
