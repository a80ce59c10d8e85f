package com.astrobookings.logs.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Where dashboards lead, as far as their files say it. */
class NavigationTests {

  private static final List<String> IN_ORDER =
      List.of("astro-overview", "astro-auth", "astro-errors", "astro-reconcile", "astro-notify");

  static List<Dashboard> dashboards() {
    return Assets.dashboards();
  }

  /** The one of the dashboard itself is shown as the current one. */
  @ParameterizedTest
  @MethodSource("dashboards")
  void everyDashboardBeginsWithLinksToAllInTheSameOrder(Dashboard dashboard) {
    assertThat(dashboard.panels().getFirst().kind()).isEqualTo("links");
    assertThat(dashboard.links().map(link -> link.path("destination").asString()))
        .containsExactlyElementsOf(IN_ORDER);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void aLinkIsNamedAfterTheDashboardItLeadsTo(Dashboard dashboard) {
    assertThat(dashboard.links())
        .allSatisfy(link ->
            assertThat(title(link.path("destination")))
                .isEqualTo("AstroBookings / " + link.path("label").asString()));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void aLinkKeepsTheTime(Dashboard dashboard) {
    assertThat(dashboard.links())
        .allMatch(link -> link.at("/options/use_time_range").asBoolean())
        .noneMatch(link -> link.at("/options/open_in_new_tab").asBoolean());
  }

  @Test
  void theOverviewDrillsDownIntoEveryOtherDashboard() {
    assertThat(drilldowns(Assets.dashboard("astro-overview")))
        .extracting(drilldown -> drilldown.path("dashboard_id").asString())
        .containsExactlyElementsOf(IN_ORDER.subList(1, 5));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void aDrilldownLeadsToAnotherDashboardAndKeepsTimeAndFilters(Dashboard dashboard) {
    assertThat(drilldowns(dashboard))
        .allMatch(drilldown -> IN_ORDER.contains(drilldown.path("dashboard_id").asString()))
        .noneMatch(drilldown -> drilldown.path("dashboard_id").asString().equals(dashboard.id()))
        .allMatch(drilldown -> drilldown.path("use_filters").asBoolean())
        .allMatch(drilldown -> drilldown.path("use_time_range").asBoolean());
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void aDashboardCanBeFilteredByService(Dashboard dashboard) {
    assertThat(dashboard.controlFields()).first().isEqualTo("service.name");
    assertThat(dashboard.controlFields()).doesNotHaveDuplicates();
  }

  private static String title(JsonNode id) {
    return Assets.dashboard(id.asString()).body().path("title").asString();
  }

  private static Stream<JsonNode> drilldowns(Dashboard dashboard) {
    return dashboard.panels().stream().flatMap(Panel::dashboardDrilldowns);
  }
}
