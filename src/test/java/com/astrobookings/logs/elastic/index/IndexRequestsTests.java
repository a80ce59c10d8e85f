package com.astrobookings.logs.elastic.index;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.json.JsonpSerializable;
import co.elastic.clients.json.JsonpUtils;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import com.astrobookings.logs.event.value.FieldType;
import java.io.IOException;
import java.io.InputStream;
import java.time.YearMonth;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The requests that shape our indices, compared with the files in {@code elastic/}. */
class IndexRequestsTests {

  private static final JsonMapper JSON = new JsonMapper();

  private final MonthIndex august = new MonthIndex(YearMonth.of(2024, 8));
  private final IndexRequests requests = new IndexRequests(IndexSchema.declared(), 1);

  @Test
  void mapsEveryDeclaredField() throws IOException {
    assertThat(json(requests.mapping())).isEqualTo(file("mapping.json"));
  }

  @Test
  void createsAMonthWithMappingSettingsAndTheNameForWriting() throws IOException {
    assertThat(requests.create(august).index()).isEqualTo("astrobookings-events-2024.08");
    JsonNode body = json(requests.create(august));
    assertThat(body.get("mappings")).isEqualTo(file("mapping.json"));
    assertThat(body.get("settings")).isEqualTo(file("settings.json"));
    assertThat(body.get("aliases"))
        .isEqualTo(
            JSON.readTree("{\"astrobookings-events-2024.08-write\":{\"is_write_index\":true}}"));
  }

  @Test
  void putsTheSameIntoTheTemplateAndForbidsCreationByWriting() throws IOException {
    assertThat(requests.template().name()).isEqualTo("astrobookings-events");
    JsonNode body = json(requests.template());
    assertThat(body.get("index_patterns")).isEqualTo(JSON.readTree("[\"astrobookings-events-*\"]"));
    assertThat(body.get("allow_auto_create").booleanValue()).isFalse();
    assertThat(body.at("/_meta/version")).isEqualTo(file("mapping.json").at("/_meta/version"));
    assertThat(body.at("/template/mappings")).isEqualTo(file("mapping.json"));
    assertThat(body.at("/template/settings")).isEqualTo(file("settings.json"));
  }

  @Test
  void takesTheNumberOfShards() {
    JsonNode body = json(new IndexRequests(IndexSchema.declared(), 3).create(august));
    assertThat(body.at("/settings/number_of_shards").stringValue()).isEqualTo("3");
  }

  @Test
  void changesOnlySettingsOfExistingMonthsThatMustBeAsTheyAre() {
    assertThat(json(requests.settings(august.name())).propertyNames())
        .containsExactlyInAnyOrder("translog", "query.default_field");
  }

  @Test
  void mapsEachTypeOfField() throws IOException {
    TreeMap<String, FieldType> types = new TreeMap<>();
    for (FieldType type : FieldType.values()) {
      types.put("a." + type.name().toLowerCase(java.util.Locale.ROOT), type);
    }
    IndexRequests other = new IndexRequests(new IndexSchema(7, types), 1);
    assertThat(json(other.mapping())).isEqualTo(file("mapping-of-each-type.json"));
  }

  private static JsonNode json(JsonpSerializable request) {
    return JSON.readTree(JsonpUtils.toJsonString(request, new Jackson3JsonpMapper()));
  }

  private static JsonNode file(String name) throws IOException {
    try (InputStream in = IndexRequestsTests.class.getResourceAsStream("/elastic/" + name)) {
      return JSON.readTree(in);
    }
  }
}
