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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every panel of every dashboard, run on Elasticsearch. */
class DashboardAnswersIT {

  private static final Period DAY = Period.days(Instant.parse("2031-05-13T00:00:00Z"), 1);
  private static final Period WEEK = Period.days(Instant.parse("2031-05-20T00:00:00Z"), 7);
  private static final String NO_EVENTS = "astrobookings-events-2031.04";

  private static final Map<String, Class<? extends LogEvent>> LISTED =
      Map.of(
          "overview-latest", LogEvent.class,
          "auth-latest", AuthEvent.class,
          "errors-latest", ErrorEvent.class,
          "reconcile-latest", ReconcileEvent.class,
          "notify-latest", NotifyEvent.class);

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
    String panel = layer.panel().id();
    for (Period period : List.of(DAY, WEEK)) {
      Table shown = table(layer, layer.indexPattern(), period);
      Table truth = new Truths(period, period.equals(DAY) ? DAY_EVENTS : WEEK_EVENTS).of(panel);
      assertThat(shown).as(panel).isEqualTo(truth);
      assertThat(shown.rows()).as(panel).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("lists")
  void everyListShowsTheLatestEvents(Panel panel) {
    var answer =
        INDICES.search("astrobookings-events-*", new PanelSearch(DAY).ofEvents(panel, 100));
    List<String> shown =
        Dashboard.elements(answer.at("/hits/hits")).map(hit -> hit.path("_id").asString()).toList();
    Class<? extends LogEvent> type = LISTED.get(panel.id());
    assertThat(shown).isEqualTo(new Truths(DAY, DAY_EVENTS).latest(type::isInstance, 100));
  }

  @ParameterizedTest
  @ValueSource(strings = {NO_EVENTS, "astrobookings-events-1999.*"})
  void chartsShowNothingWhereNothingIs(String indices) {
    layers()
        .forEach(layer -> {
          Table shown = table(layer, indices, DAY);
          boolean grouped = !layer.buckets().isEmpty();
          assertThat(shown.rows())
              .as(layer.panel().id())
              .allSatisfy(row -> assertThat(row.cells()).containsAnyOf(null, 0.0));
          assertThat(shown.rows().isEmpty() || !grouped || isTimeline(layer)).isTrue();
        });
  }

  private static Table table(Layer layer, String indices, Period period) {
    return PanelAnswer.read(layer, INDICES.search(indices, new PanelSearch(period).of(layer)));
  }

  private static boolean isTimeline(Layer layer) {
    return layer.buckets().getLast().operation().equals("date_histogram");
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
