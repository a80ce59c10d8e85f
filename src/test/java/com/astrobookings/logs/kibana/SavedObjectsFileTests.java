package com.astrobookings.logs.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SavedObjectsFileTests {

  private final String text = Assets.text(Assets.ROOT.resolve("saved-objects.ndjson"));

  @Test
  void everyLineIsOneObject() {
    assertThat(text).endsWith("}\n").doesNotContain("\r").doesNotStartWith("\uFEFF");
    assertThat(text.strip().lines()).allMatch(line -> Assets.JSON.readTree(line).isObject());
  }

  @Test
  void oneObjectIsTheDataViewOfAllMonths() {
    JsonNode view = view();
    assertThat(view.path("type").asString()).isEqualTo("index-pattern");
    assertThat(view.path("id").asString()).isEqualTo("astrobookings-events");
    assertThat(view.at("/attributes/title").asString()).isEqualTo("astrobookings-events-*");
    assertThat(view.at("/attributes/timeFieldName").asString()).isEqualTo("@timestamp");
    assertThat(view.at("/attributes/allowNoIndex").asBoolean()).isTrue();
    assertThat(view.path("references").isArray()).isTrue();
  }

  @Test
  void itIsOfAVersionThatEveryKibanaCanMigrate() {
    assertThat(view().path("typeMigrationVersion").asString()).isEqualTo("8.0.0");
    assertThat(view().path("coreMigrationVersion").asString()).isEqualTo("8.8.0");
  }

  @Test
  void itCarriesNothingOfTheInstanceThatWroteIt() {
    assertThat(view().propertyNames())
        .doesNotContain(
            "updated_at", "updated_by", "created_at", "created_by", "version", "namespaces");
  }

  @Test
  void whatIsJsonInAStringCanBeRead() {
    for (String name :
        List.of("fields", "fieldAttrs", "runtimeFieldMap", "sourceFilters", "fieldFormatMap")) {
      assertThat(
              Assets.JSON.readTree(view().path("attributes").path(name).asString()).isContainer())
          .as(name)
          .isTrue();
    }
  }

  @Test
  void theOtherObjectIsTheTagOfTheDashboards() {
    assertThat(object("tag").path("id").asString()).isEqualTo("astro-tag");
    assertThat(object("tag").at("/attributes/name").asString()).isEqualTo("AstroBookings");
    assertThat(object("tag").at("/attributes/color").asString()).matches("#[0-9a-f]{6}");
    assertThat(text.lines()).hasSize(2);
  }

  private static JsonNode view() {
    return object("index-pattern");
  }

  /** The object of this type. */
  static JsonNode object(String type) {
    return Assets.text(Assets.ROOT.resolve("saved-objects.ndjson"))
        .lines()
        .map(Assets.JSON::readTree)
        .filter(object -> object.path("type").asString().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
