package com.astrobookings.logs.kibana.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.kibana.Assets;
import com.astrobookings.logs.kibana.Rule;
import com.astrobookings.logs.kibana.Rule.Condition;
import com.astrobookings.logs.kibana.panels.EventIndices;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each situation has its own time, far enough from the one before that no window sees both. */
class RulesIT {

  private static final Instant START = Instant.parse("2031-08-01T12:00:00Z");
  private static final Instant SILENCE = START.minus(Duration.ofDays(40));
  private static final EventIndices INDICES = new EventIndices();
  private static final Map<Rule, Instant> ENOUGH = new LinkedHashMap<>();
  private static final Map<Rule, List<Instant>> TOO_LITTLE = new LinkedHashMap<>();
  private static Instant time = START;
  private static Instant normal = START;

  static List<Rule> rules() {
    return Assets.rules();
  }

  @BeforeAll
  static void seed() {
    List<LogEvent> events = new ArrayList<>();
    List<Rule> longestWindowFirst =
        rules().stream().sorted(Comparator.comparing(RulesIT::window).reversed()).toList();
    for (Rule rule : longestWindowFirst) {
      Trouble trouble = Trouble.of(rule);
      ENOUGH.put(rule, time);
      events.addAll(trouble.enough().at(time).toList());
      next(rule);
      List<Instant> quiet = new ArrayList<>();
      for (Trouble.Happening happening : trouble.tooLittle()) {
        quiet.add(time);
        events.addAll(happening.at(time).toList());
        next(rule);
      }
      TOO_LITTLE.put(rule, quiet);
    }
    normal = time.plus(Duration.ofDays(40));
    Trouble.normalTraffic(normal).forEach(events::add);
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
    assertThat(RuleRun.of(rule, INDICES, ENOUGH.get(rule)))
        .containsExactly(Trouble.of(rule).group());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleIsQuietJustBelowEachOfItsThresholds(Rule rule) {
    assertThat(TOO_LITTLE.get(rule)).hasSizeGreaterThanOrEqualTo(rule.conditions().size());
    for (Instant when : TOO_LITTLE.get(rule)) {
      assertThat(RuleRun.of(rule, INDICES, when)).as("%s", when).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleIsQuietInNormalTraffic(Rule rule) {
    assertThat(RuleRun.of(rule, INDICES, normal)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleForgetsWhatIsOlderThanItsWindow(Rule rule) {
    Instant later = ENOUGH.get(rule).plus(window(rule)).plusSeconds(1);
    assertThat(RuleRun.of(rule, INDICES, later)).isEmpty();
  }

  /** Not even the one that waits for reconciliations, as long as there has never been one. */
  @ParameterizedTest
  @MethodSource("rules")
  void aRuleIsQuietWhereNothingHasEverHappened(Rule rule) {
    assertThat(RuleRun.of(rule, INDICES, SILENCE)).isEmpty();
  }

  private static void next(Rule rule) {
    time = time.plus(window(rule)).plus(Duration.ofDays(3));
  }

  private static Duration window(Rule rule) {
    return rule.conditions().stream()
        .map(Condition::window)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }
}
