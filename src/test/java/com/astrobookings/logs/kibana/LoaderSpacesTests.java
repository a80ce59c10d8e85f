package com.astrobookings.logs.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.kibana.StandIn.Request;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code kibana/load.sh} and several spaces of one Kibana, which has each identifier once. */
class LoaderSpacesTests {

  private static final Pattern REFERENCE =
      Pattern.compile("\"(astro-[a-z_-]+|astrobookings-events[a-z_-]*)\"");

  @Test
  void loadsTwiceIntoTwoSpaces() {
    FakeKibana spaces = new FakeKibana("ops", "night_shift-2");
    try (StandIn kibana = new StandIn(spaces)) {
      for (String space : new String[] {"default", "ops", "night_shift-2", "ops", "default"}) {
        Shell run = Loader.run(kibana, "KIBANA_SPACE", space);
        assertThat(run.status()).as(run.output()).isZero();
      }
      assertThat(spaces.objects("default").keySet()).isEqualTo(objects(""));
      assertThat(spaces.objects("ops").keySet()).isEqualTo(objects("-ops"));
      assertThat(spaces.objects("night_shift-2").keySet()).isEqualTo(objects("-night_shift-2"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "ops"})
  void whateverAnObjectRefersToIsInItsSpace(String space) {
    FakeKibana spaces = new FakeKibana("ops");
    try (StandIn kibana = new StandIn(spaces)) {
      Loader.run(kibana);
      Loader.run(kibana, "KIBANA_SPACE", "ops");
      Map<String, JsonNode> objects = spaces.objects(space);
      Set<String> ids =
          objects.keySet().stream()
              .map(key -> key.substring(key.lastIndexOf('/') + 1))
              .collect(Collectors.toSet());
      for (JsonNode object : objects.values()) {
        assertThat(REFERENCE.matcher(object.toString()).results().map(match -> match.group(1)))
            .isNotEmpty()
            .allMatch(ids::contains);
      }
    }
  }

  @Test
  void saysWhereToBeginInTheSpace() {
    try (StandIn kibana = new StandIn(new FakeKibana("ops"))) {
      assertThat(Loader.run(kibana, "KIBANA_SPACE", "ops").output())
          .endsWith(kibana.url() + "/s/ops/app/dashboards#/view/astro-overview-ops\n");
    }
  }

  @Test
  void aSpaceThatDoesNotExistIsRefusedBeforeAnythingIsStored() {
    FakeKibana spaces = new FakeKibana("ops");
    try (StandIn kibana = new StandIn(spaces)) {
      Shell run = Loader.run(kibana, "KIBANA_SPACE", "opps");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("There is no space with the identifier opps");
      assertThat(spaces.objects("opps")).isEmpty();
    }
  }

  /** No space has such an identifier, and in an address it would mean something else. */
  @ParameterizedTest
  @ValueSource(strings = {"Night shift", "ops/../default", "a?b", "a%20b", "dépôt"})
  void aNameThatIsNoIdentifierIsRefused(String name) {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      Shell run = Loader.run(kibana, "KIBANA_SPACE", name);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("not \"" + name + "\"");
      assertThat(kibana.requests()).isEmpty();
    }
  }

  @Test
  void anObjectThatKibanaGaveAnotherIdentifierIsAFailure() {
    FakeKibana spaces = new FakeKibana("ops");
    spaces.apply(imported("/s/ops", "{\"type\":\"tag\",\"id\":\"astro-tag\"}"));
    try (StandIn kibana = new StandIn(spaces)) {
      Shell run = Loader.run(kibana);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output())
          .contains("Kibana has stored an object as 0b1cd2d0-6f3b-4a51-a1c8-4d4c6d0a9f17")
          .contains("taken in another space");
      assertThat(spaces.objects("default")).doesNotContainKey("dashboards/astro-auth");
    }
  }

  @Test
  void aDashboardWhoseIdentifierAnotherSpaceHasIsAFailure() {
    FakeKibana spaces =
        new FakeKibana().but("PUT /api/dashboards/astro-auth", 409, conflict("dashboard"));
    try (StandIn kibana = new StandIn(spaces)) {
      Shell run = Loader.run(kibana);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output())
          .contains("astro-auth.json, whose identifier another space has, was refused");
    }
  }

  /** The status 409 does not say where the rule is. */
  @Test
  void aRuleThatIsInAnotherSpaceIsAFailure() {
    FakeKibana spaces =
        new FakeKibana().but("POST /api/alerting/rule/astro-error-burst", 409, conflict("alert"));
    try (StandIn kibana = new StandIn(spaces)) {
      Shell run = Loader.run(kibana);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output())
          .contains("astro-error-burst.json, whose identifier another space has, was refused")
          .doesNotContain("astro-error-burst.json: kept");
    }
  }

  private static Request imported(String space, String line) {
    return new Request(
        "POST",
        space + "/api/saved_objects/_import?overwrite=true",
        java.util.List.of(
            new StandIn.Header("kbn-xsrf", "true"),
            new StandIn.Header("Elastic-Api-Version", "2023-10-31")),
        line);
  }

  private static String conflict(String type) {
    return FakeKibana.refusal(409, "Saved object [" + type + "/x] conflict").body();
  }

  private static Set<String> objects(String suffix) {
    Set<String> objects = new TreeSet<>();
    objects.add("index-pattern/astrobookings-events" + suffix);
    objects.add("tag/astro-tag" + suffix);
    Assets.dashboards().forEach(d -> objects.add("dashboards/" + d.id() + suffix));
    Assets.rules().forEach(rule -> objects.add("alerting/rule/" + rule.id() + suffix));
    return objects;
  }
}
