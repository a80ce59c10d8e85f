package com.astrobookings.logs.kibana.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.kibana.Assets;
import com.astrobookings.logs.kibana.Rule;
import com.astrobookings.logs.kibana.panels.EventIndices;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each situation has two days of its own, so that no window sees two of them. */
class RulesIT {

  private static final Instant START = Instant.parse("2031-08-01T12:00:00Z");
  private static final Instant NORMAL = START.minus(Duration.ofDays(4));
  private static final Instant SILENCE = START.minus(Duration.ofDays(40));
  private static final EventIndices INDICES = new EventIndices();

  static List<Rule> rules() {
    return Assets.rules();
  }

  @BeforeAll
  static void seed() {
    List<LogEvent> events = new ArrayList<>();
    for (Rule rule : rules()) {
      Trouble trouble = Trouble.BY_RULE.get(rule.id());
      trouble.events().of(atThreshold(rule), enough(rule)).forEach(events::add);
      trouble.events().of(belowThreshold(rule), tooLittle(rule)).forEach(events::add);
    }
    Trouble.normalTraffic(NORMAL).forEach(events::add);
    INDICES.add(events.stream().map(event -> new StoredEvent(event, event.timestamp())).toList());
    INDICES.create(YearMonth.of(2031, 6));
  }

  @AfterAll
  static void forget() {
    INDICES.close();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleFiresForItsTroubleAtTheThreshold(Rule rule) {
    assertThat(RuleRun.of(rule, INDICES, atThreshold(rule)))
        .containsExactly(Trouble.BY_RULE.get(rule.id()).group());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleIsQuietOneEventBeforeTheThreshold(Rule rule) {
    assertThat(RuleRun.of(rule, INDICES, belowThreshold(rule))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleIsQuietInNormalTraffic(Rule rule) {
    assertThat(RuleRun.of(rule, INDICES, NORMAL)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleForgetsWhatIsOlderThanItsWindow(Rule rule) {
    Instant later = atThreshold(rule).plus(Duration.ofHours(27));
    assertThat(RuleRun.of(rule, INDICES, later)).isEqualTo(whenNothingHappens(rule));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void onlyWhatIsOverdueIsMissedWhereNothingHappens(Rule rule) {
    assertThat(RuleRun.of(rule, INDICES, SILENCE)).isEqualTo(whenNothingHappens(rule));
  }

  @Test
  void everyRuleHasItsTrouble() {
    assertThat(Trouble.BY_RULE.keySet()).containsExactlyInAnyOrderElementsOf(ids());
  }

  private static List<String> whenNothingHappens(Rule rule) {
    return waits(rule) ? List.of("all documents") : List.of();
  }

  private static int enough(Rule rule) {
    return amount(rule) - (waits(rule) ? 1 : 0);
  }

  private static int tooLittle(Rule rule) {
    return amount(rule) - (waits(rule) ? 0 : 1);
  }

  /** What the threshold means in events; one of shares, in so many of a hundred. */
  private static int amount(Rule rule) {
    boolean share = rule.params().has("aggField");
    return (int) Math.round(rule.threshold() * (share ? Trouble.NOTIFICATIONS : 1));
  }

  private static boolean waits(Rule rule) {
    return rule.params().path("thresholdComparator").asString().equals("<");
  }

  private static Instant atThreshold(Rule rule) {
    return START.plus(Duration.ofDays(4L * ids().indexOf(rule.id())));
  }

  private static Instant belowThreshold(Rule rule) {
    return atThreshold(rule).plus(Duration.ofDays(2));
  }

  private static List<String> ids() {
    return rules().stream().map(Rule::id).toList();
  }
}
