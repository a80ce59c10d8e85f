package com.astrobookings.logs.kibana.panels;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.AuthEvent;
import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.NotifyEvent;
import com.astrobookings.logs.event.ReconcileEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.kibana.Assets;
import com.astrobookings.logs.kibana.Dashboard;
import com.astrobookings.logs.kibana.Layer;
import com.astrobookings.logs.kibana.Panel;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every panel of every dashboard, run on Elasticsearch. */
class DashboardAnswersIT {

  private static final Period DAY = Period.days(Instant.parse("2031-05-29T00:00:00Z"), 1);
  private static final Period WEEK = Period.days(Instant.parse("2031-05-15T00:00:00Z"), 7);
  private static final String NO_EVENTS = "astrobookings-events-2031.04";

  private static final Map<String, Predicate<LogEvent>> LISTED =
      Map.of(
          "overview-latest", Truths::isProblem,
          "auth-latest", AuthEvent.class::isInstance,
          "errors-latest", ErrorEvent.class::isInstance,
          "reconcile-latest", ReconcileEvent.class::isInstance,
          "notify-latest", NotifyEvent.class::isInstance);

  private static final EventIndices INDICES = new EventIndices();
  private static final List<StoredEvent> DAY_EVENTS = SeededDays.of(42, DAY);
  private static final List<StoredEvent> WEEK_EVENTS = SeededDays.of(43, WEEK);

  @BeforeAll
  static void seed() {
    INDICES.add(DAY_EVENTS);
    INDICES.add(WEEK_EVENTS);
    assertThat(INDICES.create(YearMonth.of(2031, 4))).isEqualTo(NO_EVENTS);
  }

  @AfterAll
  static void forget() {
    INDICES.close();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void everyChartShowsWhatIsTrue(Layer layer) {
    for (Period period : List.of(DAY, WEEK)) {
      Table shown = PanelAnswer.of(layer, INDICES, period);
      Table truth =
          new Truths(period, period.equals(DAY) ? DAY_EVENTS : WEEK_EVENTS).of(layer.id());
      assertThat(shown).as(layer.id()).isEqualTo(truth);
      assertThat(shown.rows()).as(layer.id()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("lists")
  void everyListShowsTheLatestEvents(Panel panel) {
    var answer =
        INDICES.search(
            "astrobookings-events-*", new PanelSearch(DAY).ofEvents(panel, 100).toString());
    List<String> shown =
        Dashboard.elements(answer.at("/hits/hits")).map(hit -> hit.path("_id").asString()).toList();
    assertThat(shown)
        .isEqualTo(new Truths(DAY, DAY_EVENTS).latest(LISTED.get(panel.id()), 100))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {NO_EVENTS, "astrobookings-events-1999.*"})
  void chartsShowNothingWhereNothingIs(String indices) {
    layers()
        .forEach(layer -> {
          Table shown = PanelAnswer.of(layer, INDICES, indices, new PanelSearch(DAY));
          boolean grouped = !layer.buckets().isEmpty();
          assertThat(shown.rows())
              .as(layer.panel().id())
              .allSatisfy(row -> assertThat(row.cells()).containsAnyOf(null, 0.0));
          assertThat(shown.rows().isEmpty() || !grouped || isTimeline(layer)).isTrue();
        });
  }

  private static boolean isTimeline(Layer layer) {
    return layer.buckets().getLast().isTime();
  }

  @Test
  void nothingIsWrittenDownThatNoChartShows() {
    assertThat(Truths.layers())
        .containsExactlyInAnyOrderElementsOf(layers().map(Layer::id).toList());
  }

  static Stream<Layer> layers() {
    return panels().filter(Panel::isChart).flatMap(panel -> panel.layers().stream());
  }

  static Stream<Panel> lists() {
    return panels().filter(Panel::isEventList);
  }

  private static Stream<Panel> panels() {
    return Assets.dashboards().stream().flatMap(dashboard -> dashboard.panels().stream());
  }
}
