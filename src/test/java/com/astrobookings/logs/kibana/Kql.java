package com.astrobookings.logs.kibana;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The conditions of a query in the form that all of our files keep to, {@code [not] field operator
 * value} joined by {@code and}, so that no field can hide from the tests.
 *
 * @param field what is compared
 * @param operator how
 * @param value with what, without quotes
 */
public record Kql(String field, String operator, String value) {

  private static final Pattern CONDITION =
      Pattern.compile(
          "(?:not )?([a-z@][a-z0-9_.@]*) (:|>|>=|<|<=) (?:\"([^\"*\\\\]+)\"|([0-9]+|\\*))");

  /**
   * Reads a query; the empty one has no conditions.
   *
   * @throws IllegalArgumentException if it has another form
   */
  static List<Kql> conditions(String query) {
    List<Kql> conditions = new ArrayList<>();
    for (String part : query.isEmpty() ? new String[0] : query.split(" and ", -1)) {
      Matcher matcher = CONDITION.matcher(part);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("not of the form used here: " + part);
      }
      String quoted = matcher.group(3);
      conditions.add(
          new Kql(matcher.group(1), matcher.group(2), quoted == null ? matcher.group(4) : quoted));
    }
    return conditions;
  }

  /** All queries of all files: those of dashboards, panels and rules. */
  public static Stream<String> all() {
    Stream<String> dashboards = Assets.dashboards().stream().map(Dashboard::query);
    Stream<String> panels =
        Assets.dashboards().stream().flatMap(d -> d.panels().stream()).map(Panel::query);
    Stream<Layer> layers =
        Assets.dashboards().stream()
            .flatMap(d -> d.panels().stream())
            .filter(Panel::isChart)
            .flatMap(panel -> panel.layers().stream());
    Stream<String> charts =
        layers.flatMap(layer ->
            Stream.concat(
                Stream.of(layer.query()), layer.metrics().stream().map(Layer.Metric::filter)));
    Stream<String> rules = Assets.rules().stream().flatMap(Rule::queries);
    return Stream.of(dashboards, panels, charts, rules).flatMap(all -> all).distinct();
  }

  /** The fields that {@code query} compares. */
  public static List<String> fields(String query) {
    return conditions(query).stream().map(Kql::field).toList();
  }
}
