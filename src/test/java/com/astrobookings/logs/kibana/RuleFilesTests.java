package com.astrobookings.logs.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class RuleFilesTests {

  private static final Pattern NAMED = Pattern.compile("\\*([^*]+)\\*");

  private static final Map<String, String> DASHBOARDS =
      Map.of(
          "AUTH", "astro-auth",
          "ERROR", "astro-errors",
          "RECONCILE", "astro-reconcile",
          "NOTIFY", "astro-notify");

  static List<Rule> rules() {
    return Assets.rules();
  }

  @Test
  void thereIsARuleForEveryKindOfTrouble() {
    assertThat(rules())
        .extracting(Rule::id)
        .containsExactly(
            "astro-auth-failure-share",
            "astro-discrepancies",
            "astro-error-burst",
            "astro-failures-by-account",
            "astro-failures-by-address",
            "astro-failures-by-email",
            "astro-notify-failures",
            "astro-reconcile-overdue");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleHasOnlyKeysOfTheApi(Rule rule) {
    assertThat(RuleShape.RULE.problems(rule.body())).isEmpty();
  }

  @Test
  void namesTellRulesApart() {
    assertThat(rules())
        .extracting(rule -> rule.body().path("name").asString())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleAsksInTheLanguageOfTheDashboards(Rule rule) {
    if (!rule.isCustomThreshold()) {
      assertThat(rule.esQuery().propertyNames()).containsExactly("kql");
      assertThat(rule.esQuery().path("kql").propertyNames()).containsExactly("query");
    }
    assertThat(rule.query()).startsWith("event.code : ");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aGroupingNamesItsField(Rule rule) {
    JsonNode params = rule.params();
    assertThat(params.has("termField"))
        .isEqualTo(params.path("groupBy").asString("").equals("top"));
    assertThat(params.has("termSize")).isEqualTo(params.has("termField"));
  }

  /** A share alone would fire for the first failure of a night. */
  @ParameterizedTest
  @MethodSource("rules")
  void aShareCountsFromTwentyEventsOn(Rule rule) {
    List<Rule.Condition> conditions = rule.conditions();
    if (conditions.stream().anyMatch(condition -> condition.aggregation().equals("avg"))) {
      assertThat(conditions)
          .hasSize(2)
          .anyMatch(c -> c.aggregation().equals("count") && c.threshold() >= 20);
      assertThat(conditions)
          .extracting(Rule.Condition::window)
          .containsOnly(conditions.getFirst().window());
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleRunsAtLeastTwiceInItsWindow(Rule rule) {
    String interval = rule.body().at("/schedule/interval").asString();
    Duration twice = Duration.parse("PT" + interval.toUpperCase(Locale.ROOT)).multipliedBy(2);
    assertThat(rule.conditions()).allMatch(c -> c.window().compareTo(twice) >= 0);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void anAlertLeadsToTheDashboardOfItsEvents(Rule rule) {
    String type = Kql.conditions(rule.query()).getFirst().value();
    assertThat(rule.dashboards()).containsExactly(DASHBOARDS.get(type));
    assertThat(Assets.dashboards()).extracting(Dashboard::id).containsAll(rule.dashboards());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void anAlertSaysWhatItMeansWhatToLookAtAndWhatToDo(Rule rule) {
    String guide = rule.body().at("/artifacts/investigation_guide/blob").asString();
    assertThat(guide.lines().filter(line -> line.startsWith("#")))
        .containsExactly("## What it means", "## What to look at", "## What to do");
  }

  /** Guides name charts and tables between asterisks. */
  @ParameterizedTest
  @MethodSource("rules")
  void whatAGuideNamesIsOnADashboard(Rule rule) {
    String guide = rule.body().at("/artifacts/investigation_guide/blob").asString();
    List<String> shown =
        Assets.dashboards().stream()
            .flatMap(d -> d.body().findValues("title").stream())
            .filter(JsonNode::isString)
            .map(JsonNode::asString)
            .toList();
    assertThat(NAMED.matcher(guide).results().map(match -> match.group(1)))
        .isNotEmpty()
        .allMatch(name -> shown.stream().anyMatch(title -> title.startsWith(name)));
  }

  @ParameterizedTest
  @CsvSource({
    "astro-auth,auth-share-over-time,astro-auth-failure-share",
    "astro-notify,notify-share-over-time,astro-notify-failures"
  })
  void theLineInAChartIsTheThresholdOfTheRule(String dashboard, String panel, String rule) {
    Rule.Condition condition =
        rules().stream()
            .filter(r -> r.id().equals(rule))
            .findFirst()
            .orElseThrow()
            .conditions()
            .getFirst();
    JsonNode line =
        Assets.dashboard(dashboard).panel(panel).config().at("/layers/1/thresholds/0/value");
    assertThat(line.asDouble()).isEqualTo(condition.threshold());
  }

  /** The loader leaves these lines out of a replacement. */
  @Test
  void typeAndConsumerHaveLinesOfTheirOwn() {
    assertThat(Assets.files("rules"))
        .allSatisfy(file ->
            assertThat(Assets.text(file))
                .containsPattern("^\\{\n  \"rule_type_id\": .*,\n  \"consumer\": .*,\n"));
  }
}
