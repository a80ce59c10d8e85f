package com.astrobookings.logs.kibana.panels;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.kibana.Assets;
import com.astrobookings.logs.kibana.Dashboard;
import com.astrobookings.logs.kibana.Kql;
import com.astrobookings.logs.kibana.Layer;
import com.astrobookings.logs.kibana.Panel;
import com.astrobookings.logs.kibana.Rule;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every field that dashboards and rules name, against the mapping of the service. */
class FieldsIT {

  private static final Set<String> DATES = Set.of("date", "date_nanos");
  private static final Set<String> NUMBERS = Set.of("byte", "long", "double");
  private static final Set<String> EXACT = Set.of("keyword", "ip", "byte", "long");

  private static final EventIndices INDICES = new EventIndices();
  private static JsonNode capabilities;

  /**
   * A field and what is done with it.
   *
   * @param operation as dashboards call it
   */
  private record Use(String where, String operation, String field) {}

  @BeforeAll
  static void learn() {
    String index = INDICES.create(YearMonth.of(2031, 3));
    capabilities = INDICES.fieldCapabilities(index, "*");
  }

  @AfterAll
  static void forget() {
    INDICES.close();
  }

  static Stream<Use> uses() {
    return Stream.of(
            panels()
                .filter(Panel::isChart)
                .flatMap(p -> p.layers().stream())
                .flatMap(FieldsIT::uses),
            panels().filter(Panel::isEventList).flatMap(FieldsIT::uses),
            Assets.dashboards().stream().flatMap(FieldsIT::uses),
            Assets.rules().stream().flatMap(FieldsIT::uses))
        .flatMap(uses -> uses);
  }

  @ParameterizedTest
  @MethodSource("uses")
  void everyFieldExistsAndFitsWhatIsDoneWithIt(Use use) {
    String type = type(use.field());
    Set<String> fit =
        switch (use.operation()) {
          case "terms", "unique_count", "control" -> EXACT;
          case "sum", "average", "avg" -> NUMBERS;
          case "min", "max" ->
              Stream.concat(NUMBERS.stream(), DATES.stream()).collect(Collectors.toSet());
          case "date_histogram", "sort" -> DATES;
          case "show" -> Set.of(type);
          default -> throw new IllegalArgumentException(use.toString());
        };
    assertThat(fit).as(use.toString()).contains(type);
    assertThat(use.operation().equals("show") || is(use.field(), "aggregatable")).isTrue();
  }

  @Test
  void everyFieldOfAQueryCanBeSearched() {
    assertThat(Kql.all().flatMap(query -> Kql.fields(query).stream()))
        .allMatch(field -> is(field, "searchable"));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void elasticsearchUnderstandsEveryQuery(String query) {
    String search = "{\"size\":0,\"query\":%s}".formatted(PanelSearch.kql(query));
    assertThat(INDICES.search("astrobookings-events-2031.03", search).has("hits")).isTrue();
  }

  static Stream<String> queries() {
    return Kql.all();
  }

  private static Stream<Use> uses(Layer layer) {
    List<Use> uses = new ArrayList<>();
    String where = layer.panel().id();
    layer.buckets().forEach(b -> uses.add(new Use(where, b.operation(), b.field())));
    layer.metrics().stream()
        .filter(metric -> metric.field() != null)
        .forEach(metric -> uses.add(new Use(where, metric.operation(), metric.field())));
    return uses.stream();
  }

  private static Stream<Use> uses(Panel list) {
    JsonNode tab = list.config().at("/tabs/0");
    return Stream.concat(
        Dashboard.elements(tab.path("column_order"))
            .map(column -> new Use(list.id(), "show", column.asString())),
        Dashboard.elements(tab.path("sort"))
            .map(sort -> new Use(list.id(), "sort", sort.path("name").asString())));
  }

  private static Stream<Use> uses(Dashboard dashboard) {
    return dashboard.controlFields().stream()
        .map(field -> new Use(dashboard.id(), "control", field));
  }

  private static Stream<Use> uses(Rule rule) {
    Stream<Use> conditions =
        rule.conditions().stream()
            .filter(condition -> !condition.field().isEmpty())
            .map(c -> new Use(rule.id(), c.aggregation(), c.field()));
    Stream<Use> groups =
        Stream.of(rule.groupField())
            .filter(field -> !field.isEmpty())
            .map(field -> new Use(rule.id(), "terms", field));
    return Stream.concat(conditions, groups);
  }

  private static Stream<Panel> panels() {
    return Assets.dashboards().stream().flatMap(dashboard -> dashboard.panels().stream());
  }

  private static String type(String field) {
    JsonNode types = capabilities.path(field);
    assertThat(types.size()).as("types of " + field).isEqualTo(1);
    return types.propertyNames().iterator().next();
  }

  private static boolean is(String field, String capability) {
    return capabilities.path(field).path(type(field)).path(capability).asBoolean();
  }
}
