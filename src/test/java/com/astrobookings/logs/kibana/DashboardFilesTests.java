package com.astrobookings.logs.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What Kibana would refuse, or show broken, without telling us here. */
class DashboardFilesTests {

  private static final Pattern LINK = Pattern.compile("\\(#/view/([^)]*)\\)");
  private static final String OTHERS_ONLY = "not service.name : \"astrobookings-logs\"";

  static List<Dashboard> dashboards() {
    return Assets.dashboards();
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
  void aDashboardHasOnlyKeysThatEveryKibanaKnows(Dashboard dashboard) {
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

  @ParameterizedTest
  @MethodSource("dashboards")
  void theIdsOfPanelsAndSectionsAreUnique(Dashboard dashboard) {
    List<String> ids = new ArrayList<>(dashboard.panels().stream().map(Panel::id).toList());
    dashboard.sections().forEach(section -> ids.add(section.path("id").asString()));
    assertThat(ids).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(95);
  }

  @Test
  void titlesTellDashboardsAndTheirPanelsApart() {
    assertThat(dashboards())
        .extracting(d -> d.body().path("title").asString())
        .doesNotHaveDuplicates();
    for (Dashboard dashboard : dashboards()) {
      assertThat(dashboard.panels().stream().filter(panel -> !panel.kind().equals("markdown")))
          .extracting(Panel::title)
          .doesNotHaveDuplicates()
          .allMatch(title -> !title.isBlank());
    }
  }

  @Test
  void anIdNamesOnePanelOfAllButTheNavigation() {
    Stream<Panel> panels = dashboards().stream().flatMap(d -> d.panels().stream());
    assertThat(panels.filter(panel -> !panel.kind().equals("markdown")))
        .extracting(Panel::id)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void theCustomersCountsLeaveTheLogServiceOut(Dashboard dashboard) {
    assertThat(dashboard.query()).isEqualTo(OTHERS_ONLY);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyDashboardLeadsToEveryOther(Dashboard dashboard) {
    Set<String> others =
        dashboards().stream().map(Dashboard::id).collect(Collectors.toCollection(TreeSet::new));
    others.remove(dashboard.id());
    assertThat(dashboard.panels().getFirst().kind()).isEqualTo("markdown");
    assertThat(links(dashboard)).containsExactlyInAnyOrderElementsOf(others);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void aDrillDownLeadsToAnotherDashboardOrToTheEvents(Dashboard dashboard) {
    Set<String> others = dashboards().stream().map(Dashboard::id).collect(Collectors.toSet());
    others.remove(dashboard.id());
    assertThat(drillDowns(dashboard)).isSubsetOf(others).doesNotContain(dashboard.id());
  }

  @Test
  void theOverviewDrillsDownIntoEveryOtherDashboard() {
    Dashboard overview =
        dashboards().stream()
            .filter(d -> d.id().equals("astro-overview"))
            .findFirst()
            .orElseThrow();
    assertThat(drillDowns(overview))
        .contains("astro-auth", "astro-errors", "astro-reconcile", "astro-notify");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void theFirstNumberOfATileIsThePrimaryOne(Dashboard dashboard) {
    for (Panel panel : dashboard.panels()) {
      if (panel.config().path("type").asString("").equals("metric")) {
        List<String> roles =
            Dashboard.elements(panel.config().path("metrics"))
                .map(metric -> metric.path("type").asString())
                .toList();
        assertThat(roles).as(panel.id()).isIn(List.of("primary"), List.of("primary", "secondary"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void aMetricHasAFieldUnlessItCountsEvents(Dashboard dashboard) {
    dashboard.panels().stream()
        .filter(Panel::isChart)
        .flatMap(panel -> panel.layers().stream())
        .forEach(layer ->
            assertThat(layer.metrics())
                .as(layer.panel().id())
                .allMatch(m -> m.operation().equals("count") == (m.field() == null))
                .hasSizeGreaterThan(
                    layer.buckets().stream().mapToInt(b -> b.rankedBy()).max().orElse(0)));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void rawEventsComeLastAndAreFolded(Dashboard dashboard) {
    JsonNode panels = dashboard.body().path("panels");
    JsonNode last = panels.path(panels.size() - 1);
    assertThat(last.path("collapsed").asBoolean()).isTrue();
    assertThat(last.at("/panels/0/type").asString()).isEqualTo("discover_session");
    assertThat(dashboard.sections()).hasSize(1);
  }

  private static List<String> links(Dashboard dashboard) {
    Matcher links = LINK.matcher(dashboard.panels().getFirst().config().path("content").asString());
    return links.results().map(result -> result.group(1)).toList();
  }

  private static List<String> drillDowns(Dashboard dashboard) {
    return dashboard.panels().stream()
        .flatMap(panel -> Dashboard.elements(panel.config().path("drilldowns")))
        .filter(drill -> drill.has("dashboard_id"))
        .map(drill -> drill.path("dashboard_id").asString())
        .toList();
  }
}
