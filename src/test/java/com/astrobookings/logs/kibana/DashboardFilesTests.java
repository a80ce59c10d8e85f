package com.astrobookings.logs.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What Kibana would refuse, or show otherwise than meant, without an error. */
class DashboardFilesTests {

  private static final String OTHERS_ONLY = "not service.name : \"astrobookings-logs\"";

  static List<Dashboard> dashboards() {
    return Assets.dashboards();
  }

  static Stream<Panel> charts() {
    return dashboards().stream().flatMap(d -> d.panels().stream()).filter(Panel::isChart);
  }

  @Test
  void thereAreFiveDashboards() {
    assertThat(dashboards())
        .extracting(Dashboard::id)
        .containsExactly(
            "astro-auth", "astro-errors", "astro-notify", "astro-overview", "astro-reconcile");
  }

  @Test
  void theNameOfAFileCanBeAnId() {
    assertThat(Assets.files("dashboards"))
        .allSatisfy(file -> assertThat(file.getFileName().toString()).matches("[a-z0-9-]+\\.json"));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void aDashboardHasOnlyKeysOfTheApi(Dashboard dashboard) {
    assertThat(DashboardShape.DASHBOARD.problems(dashboard.body())).isEmpty();
  }

  @Test
  void theShapeRefusesWhatIsUnknownMissingOrWrong() {
    JsonNode node = Assets.JSON.readTree("{\"a\": 7, \"b\": true, \"x\": \"\"}");
    Shape shape =
        Shape.object().with("a", Shape.flag()).with("b", Shape.flag()).with("c", Shape.text());
    assertThat(shape.problems(node))
        .containsExactly(
            "/a: expected true or false, found 7", ": unknown key x", ": c is missing");
  }

  @Test
  void anIdNamesOnePanelOfAllButTheNavigation() {
    Stream<Panel> panels = dashboards().stream().flatMap(d -> d.panels().stream());
    assertThat(panels.filter(panel -> !panel.kind().equals("links")))
        .extracting(Panel::id)
        .doesNotHaveDuplicates();
  }

  @Test
  void titlesTellDashboardsAndTheirPanelsApart() {
    assertThat(dashboards())
        .extracting(d -> d.body().path("title").asString())
        .doesNotHaveDuplicates();
    for (Dashboard dashboard : dashboards()) {
      assertThat(dashboard.panels().stream().filter(panel -> !panel.kind().equals("links")))
          .extracting(Panel::title)
          .doesNotHaveDuplicates()
          .allMatch(title -> !title.isBlank());
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void theCustomersCountsLeaveTheLogServiceOut(Dashboard dashboard) {
    assertThat(dashboard.query()).isEqualTo(OTHERS_ONLY);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void theTagOfADashboardIsLoadedWithIt(Dashboard dashboard) {
    assertThat(dashboard.body().path("tags").path(0).asString())
        .isEqualTo(SavedObjectsFileTests.object("tag").path("id").asString());
  }

  /** Kibana divides colours by value where the one step ends and the next begins. */
  @ParameterizedTest
  @MethodSource("charts")
  void colourStepsAreContinuous(Panel panel) {
    for (JsonNode steps : panel.config().findValues("steps")) {
      assertThat(steps.path(0).has("gte")).isFalse();
      assertThat(steps.path(steps.size() - 1).has("lt")).isFalse();
      for (int i = 1; i < steps.size(); i++) {
        assertThat(steps.path(i).path("gte")).isEqualTo(steps.path(i - 1).path("lt"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("charts")
  void aMetricHasAFieldUnlessItCountsEvents(Panel panel) {
    assertThat(panel.layers().stream().flatMap(layer -> layer.metrics().stream()))
        .allMatch(metric -> metric.isCount() == (metric.field() == null));
  }

  /** Kibana orders terms by a metric, which may not be one with a query of its own. */
  @ParameterizedTest
  @MethodSource("charts")
  void groupsAreRankedByAMetricOfAllTheirEvents(Panel panel) {
    for (Layer layer : panel.layers()) {
      assertThat(layer.buckets())
          .allMatch(bucket ->
              bucket.isTime() || layer.metrics().get(bucket.rankedBy()).filter().isEmpty());
    }
  }

  /** A date has about 27 characters, more than a tile can show. */
  @ParameterizedTest
  @MethodSource("charts")
  void aTileShowsANumberAndTheSameAboutThePeriodBefore(Panel panel) {
    if (panel.type().equals("metric")) {
      Layer.Metric now = panel.layers().getFirst().metrics().getFirst();
      Layer.Metric before = panel.layers().getFirst().metrics().getLast();
      assertThat(now.field()).isNotEqualTo("@timestamp");
      assertThat(before.before()).isTrue();
      assertThat(List.of(before.operation(), "" + before.field(), before.node().path("format")))
          .isEqualTo(List.of(now.operation(), "" + now.field(), now.node().path("format")));
    }
  }

  /** Kibana shows a rise in green and a fall in red. */
  @Test
  void onlyWhatIsGoodWhenItRisesIsComparedInColours() {
    assertThat(charts().filter(panel -> panel.config().at("/metrics/1").has("compare")))
        .extracting(Panel::id)
        .containsExactlyInAnyOrder(
            "overview-events",
            "overview-services",
            "auth-attempts",
            "reconcile-runs",
            "notify-sent");
  }

  @ParameterizedTest
  @MethodSource("charts")
  void aShareOfFailuresIsColoured(Panel panel) {
    boolean share = panel.config().at("/metrics/0/operation").asString("").equals("average");
    if (panel.type().equals("metric") && share) {
      assertThat(panel.config().at("/metrics/0/color/steps").size()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @MethodSource("charts")
  void linesAreDrawnAcrossStepsWithoutEvents(Panel panel) {
    boolean line = panel.config().at("/layers/0/type").asString("").equals("line");
    assertThat(panel.config().has("styling") || !line).isTrue();
  }

  /** Notes follow their own query and that of the dashboard. */
  @ParameterizedTest
  @MethodSource("charts")
  void aChartWithNotesHasNoQueryOfItsOwn(Panel panel) {
    if (panel.layers().stream().anyMatch(layer -> layer.id().endsWith("/notes"))) {
      assertThat(panel.query()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void theEventsComeLastAndInView(Dashboard dashboard) {
    assertThat(dashboard.panels().stream().filter(Panel::isEventList))
        .containsExactly(dashboard.events());
    assertThat(dashboard.events().grid("w")).isEqualTo(48);
  }
}
