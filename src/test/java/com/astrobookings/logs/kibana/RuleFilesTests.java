package com.astrobookings.logs.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class RuleFilesTests {

  static List<Rule> rules() {
    return Assets.rules();
  }

  @Test
  void thereIsARuleForEveryKindOfTrouble() {
    assertThat(rules())
        .extracting(Rule::id)
        .containsExactly(
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
  void aRuleHasOnlyKeysThatKibanaTakes(Rule rule) {
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
    JsonNode query = rule.query();
    assertThat(query.propertyNames()).containsExactly("kql");
    assertThat(query.path("kql").propertyNames()).containsExactly("query");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void anAggregationNamesItsFieldAndAGroupingItsOwn(Rule rule) {
    JsonNode params = rule.params();
    assertThat(params.has("aggField"))
        .isEqualTo(!params.path("aggType").asString().equals("count"));
    assertThat(params.has("termField")).isEqualTo(params.path("groupBy").asString().equals("top"));
    assertThat(params.has("termSize")).isEqualTo(params.has("termField"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRunLooksAtTheWholeWindow(Rule rule) {
    assertThat(rule.params().path("excludeHitsFromPreviousRun").asBoolean(true)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleRunsAtLeastTwiceInItsWindow(Rule rule) {
    String interval = rule.body().at("/schedule/interval").asString();
    JsonNode params = rule.params();
    int window =
        minutes(
            params.path("timeWindowSize").asString() + params.path("timeWindowUnit").asString());
    assertThat(minutes(interval) * 2).isLessThanOrEqualTo(window);
  }

  /** The loader puts the type of the rule behind it. */
  @Test
  void aFileBeginsWithALineOfItsOwnForTheBrace() {
    assertThat(Assets.files("rules"))
        .allSatisfy(file -> assertThat(Assets.text(file)).startsWith("{\n"));
  }

  private static int minutes(String duration) {
    int number = Integer.parseInt(duration.substring(0, duration.length() - 1));
    return duration.endsWith("h") ? number * 60 : number;
  }
}
