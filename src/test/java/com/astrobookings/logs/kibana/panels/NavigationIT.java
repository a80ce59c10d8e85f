package com.astrobookings.logs.kibana.panels;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.kibana.Assets;
import com.astrobookings.logs.kibana.Dashboard;
import com.astrobookings.logs.kibana.Layer;
import com.astrobookings.logs.kibana.Panel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where links, drilldowns and controls lead, with the filters that they carry, on a day of events.
 *
 * <p>A link with {@code use_filters} carries the query, the filters and the selections of the
 * controls of its dashboard, one without carries none of them; a drilldown carries what was
 * clicked, too (elastic/kibana {@code dashboard/common/locator/get_dashboard_locator_params.ts},
 * {@code embeddable_to_dashboard_drilldown.tsx}).
 */
class NavigationIT {

  private static final Period DAY = Period.days(Instant.parse("2031-02-11T00:00:00Z"), 1);
  private static final String ALL = "astrobookings-events-*";
  private static final EventIndices INDICES = new EventIndices();

  @BeforeAll
  static void seed() {
    INDICES.add(SeededDays.of(44, DAY));
  }

  @AfterAll
  static void forget() {
    INDICES.close();
  }

  /** A link from one dashboard to another. */
  private record Link(Dashboard from, JsonNode node) {

    Dashboard target() {
      return Assets.dashboard(node.path("destination").asString());
    }

    boolean carriesFilters() {
      return node.at("/options/use_filters").asBoolean();
    }

    @Override
    public String toString() {
      return from + " to " + target();
    }
  }

  static Stream<Link> links() {
    return Assets.dashboards().stream()
        .flatMap(dashboard -> dashboard.links().map(node -> new Link(dashboard, node)));
  }

  @ParameterizedTest
  @MethodSource("links")
  void aLinkLeadsToADashboardWithEvents(Link link) {
    assertThat(events(link.target(), DAY, List.of())).isPositive();
    assertThat(link.target().query()).isEqualTo(link.from().query());
  }

  /**
   * A filter by account leaves nothing of errors. So a link carries filters only if its dashboard
   * cannot be filtered by a field that no event of some chart of the target has.
   */
  @ParameterizedTest
  @MethodSource("links")
  void aLinkCarriesFiltersWhereNoneOfThemCanEmptyAChart(Link link) {
    assertThat(link.carriesFilters())
        .isEqualTo(filterFields(link.from()).stream().noneMatch(f -> canEmpty(f, link.target())));
  }

  private static boolean canEmpty(String field, Dashboard target) {
    ObjectNode exists = Assets.JSON.createObjectNode();
    exists.putObject("exists").put("field", field);
    PanelSearch search = new PanelSearch(DAY, List.of(exists));
    return target.panels().stream()
        .filter(Panel::isChart)
        .flatMap(panel -> panel.layers().stream())
        .anyMatch(layer -> PanelAnswer.of(layer, INDICES, ALL, search).isEmpty());
  }

  static Stream<Panel> panelsWithDrilldowns() {
    return Assets.dashboards().stream()
        .flatMap(dashboard -> dashboard.panels().stream())
        .filter(panel -> panel.dashboardDrilldowns().findAny().isPresent());
  }

  @ParameterizedTest
  @MethodSource("panelsWithDrilldowns")
  void whateverIsClickedTheDrilldownLeadsToItsEvents(Panel panel) {
    List<String> targets =
        panel.dashboardDrilldowns().map(d -> d.path("dashboard_id").asString()).toList();
    Layer layer = panel.layers().getFirst();
    int clicked = 0;
    for (Table.Row row : PanelAnswer.of(layer, INDICES, DAY).rows()) {
      if (!row.cells().getFirst().equals(Table.number(0))) {
        clicked++;
        for (String target : targets) {
          assertThat(
                  events(
                      Assets.dashboard(target), clickedTime(layer, row), clickedValues(layer, row)))
              .as("%s of %s in %s", row.keys(), panel, target)
              .isPositive();
        }
      }
    }
    assertThat(clicked).isPositive();
  }

  /** A control of a dashboard. */
  private record Control(Dashboard dashboard, String field) {}

  static Stream<Control> controls() {
    return Assets.dashboards().stream()
        .flatMap(dashboard ->
            dashboard.controlFields().stream().map(field -> new Control(dashboard, field)));
  }

  @ParameterizedTest
  @MethodSource("controls")
  void aControlOffersValuesThatLeaveEvents(Control control) {
    List<String> values = values(control.dashboard(), control.field());
    assertThat(values)
        .isNotEmpty()
        .allMatch(
            value -> events(control.dashboard(), DAY, List.of(is(control.field(), value))) > 0);
  }

  /** The fields that controls and clicks on groups can filter a dashboard by. */
  private static Set<String> filterFields(Dashboard dashboard) {
    Set<String> fields = new TreeSet<>(dashboard.controlFields());
    dashboard.panels().stream()
        .filter(Panel::isChart)
        .flatMap(panel -> panel.layers().stream())
        .flatMap(layer -> layer.buckets().stream())
        .filter(bucket -> !bucket.isTime())
        .forEach(bucket -> fields.add(bucket.field()));
    return fields;
  }

  /** Up to ten values of the field in the events of the dashboard. */
  private static List<String> values(Dashboard dashboard, String field) {
    ObjectNode request = new PanelSearch(DAY).ofEvents(dashboard.events(), 0);
    request.putObject("aggs").putObject("values").putObject("terms").put("field", field);
    JsonNode buckets = INDICES.search(ALL, request.toString()).at("/aggregations/values/buckets");
    return Dashboard.elements(buckets).map(bucket -> bucket.path("key").asString()).toList();
  }

  /** How many events the list of the dashboard has. */
  private static long events(Dashboard dashboard, Period period, List<ObjectNode> filters) {
    ObjectNode request = new PanelSearch(period, filters).ofEvents(dashboard.events(), 0);
    request.put("track_total_hits", true);
    return INDICES.search(ALL, request.toString()).at("/hits/total/value").asLong();
  }

  private static Period clickedTime(Layer layer, Table.Row row) {
    for (int i = 0; i < layer.buckets().size(); i++) {
      if (layer.buckets().get(i).isTime()) {
        Instant start = Instant.parse(row.keys().get(i));
        return new Period(start, start.plus(DAY.step()).minusMillis(1));
      }
    }
    return DAY;
  }

  private static List<ObjectNode> clickedValues(Layer layer, Table.Row row) {
    List<ObjectNode> filters = new ArrayList<>();
    for (int i = 0; i < layer.buckets().size(); i++) {
      if (!layer.buckets().get(i).isTime()) {
        filters.add(is(layer.buckets().get(i).field(), row.keys().get(i)));
      }
    }
    return filters;
  }

  private static ObjectNode is(String field, String value) {
    ObjectNode filter = Assets.JSON.createObjectNode();
    filter.putObject("match_phrase").put(field, value);
    return filter;
  }
}
