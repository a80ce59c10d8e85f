package com.astrobookings.logs.elastic.index;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.indices.IndexState;
import co.elastic.clients.json.JsonpMapper;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IndexConditionTests {

  private static final JsonpMapper MAPPER = new Jackson3JsonpMapper();

  @Test
  void readsWhatElasticsearchSaysOfAnIndex() {
    IndexCondition condition =
        condition(
            """
            {
              "aliases": {"other-name": {"is_write_index": true}},
              "mappings": {"_meta": {"version": 3}},
              "settings": {
                "index": {
                  "translog": {"durability": "REQUEST"},
                  "query": {"default_field": ["a", "b"]}
                }
              }
            }
            """);
    assertThat(condition)
        .isEqualTo(new IndexCondition("index", 3, Set.of("other-name"), true, List.of("a", "b")));
    assertThat(condition.hasSettings(List.of("a", "b"))).isTrue();
    assertThat(condition.hasSettings(List.of("a"))).isFalse();
  }

  @Test
  void takesAnIndexThatWeNeverPreparedAsOldest() {
    assertThat(condition("{}"))
        .isEqualTo(new IndexCondition("index", 0, Set.of(), true, List.of()));
    assertThat(condition("{\"mappings\":{\"_meta\":{\"owner\":\"me\"}}}").version()).isZero();
    assertThat(condition("{\"mappings\":{\"_meta\":{\"version\":\"2.1\"}}}").version()).isZero();
  }

  @Test
  void seesThatWritesAreAcknowledgedBeforeTheyAreOnDisk() {
    IndexCondition condition =
        condition("{\"settings\":{\"index\":{\"translog\":{\"durability\":\"async\"}}}}");
    assertThat(condition.durable()).isFalse();
    assertThat(condition.hasSettings(List.of())).isFalse();
  }

  private static IndexCondition condition(String json) {
    try (JsonParser parser = MAPPER.jsonProvider().createParser(new StringReader(json))) {
      return IndexCondition.of("index", IndexState._DESERIALIZER.deserialize(parser, MAPPER));
    }
  }
}
