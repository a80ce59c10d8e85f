package com.astrobookings.logs.kibana;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An alert rule as it is in its file.
 *
 * @param id the name of the file, which becomes the id in Kibana
 * @param body what Kibana is sent
 */
public record Rule(String id, JsonNode body) {

  /**
   * A condition that a group of events has to meet; a rule with several fires when all are met.
   *
   * @param aggregation {@code count} or {@code avg}
   * @param field of which field; empty for a count
   * @param filter the query of the events that count; empty for all
   * @param comparator {@code >=} or {@code <}
   * @param window how far back the events may lie
   */
  public record Condition(
      String aggregation,
      String field,
      String filter,
      String comparator,
      double threshold,
      Duration window) {}

  /** What the rule looks for, and when it fires. */
  public JsonNode params() {
    return body.path("params");
  }

  /** Whether it is a rule with several conditions, of the type {@code custom_threshold}. */
  public boolean isCustomThreshold() {
    return body.path("rule_type_id").asString().equals("observability.rules.custom_threshold");
  }

  /** The query, in the language of Kibana, of the events that the rule looks at. */
  public String query() {
    return isCustomThreshold()
        ? params().at("/searchConfiguration/query/query").asString()
        : esQuery().at("/kql/query").asString();
  }

  /** The field by whose values events are grouped; empty if they are not. */
  public String groupField() {
    return isCustomThreshold()
        ? params().at("/groupBy/0").asString()
        : params().path("termField").asString("");
  }

  /** The conditions. */
  public List<Condition> conditions() {
    return isCustomThreshold()
        ? Dashboard.elements(params().path("criteria")).map(Rule::condition).toList()
        : List.of(
            new Condition(
                params().path("aggType").asString(),
                "",
                "",
                params().path("thresholdComparator").asString(),
                params().at("/threshold/0").asDouble(),
                window(params().path("timeWindowSize"), params().path("timeWindowUnit"))));
  }

  /** All queries, those of conditions included. */
  Stream<String> queries() {
    return Stream.concat(Stream.of(query()), conditions().stream().map(Condition::filter));
  }

  /** The dashboards that an alert leads to. */
  List<String> dashboards() {
    return Dashboard.elements(body.at("/artifacts/dashboards"))
        .map(dashboard -> dashboard.path("id").asString())
        .toList();
  }

  /** The query part of the search, for a rule of the type {@code .es-query}. */
  JsonNode esQuery() {
    return Assets.JSON.readTree(params().path("esQuery").asString()).path("query");
  }

  private static Condition condition(JsonNode criterion) {
    JsonNode metric = criterion.at("/metrics/0");
    return new Condition(
        metric.path("aggType").asString(),
        metric.path("field").asString(""),
        metric.path("filter").asString(""),
        criterion.path("comparator").asString(),
        criterion.at("/threshold/0").asDouble(),
        window(criterion.path("timeSize"), criterion.path("timeUnit")));
  }

  private static Duration window(JsonNode size, JsonNode unit) {
    return switch (unit.asString()) {
      case "m" -> Duration.ofMinutes(size.asInt());
      case "h" -> Duration.ofHours(size.asInt());
      case "d" -> Duration.ofDays(size.asInt());
      default -> throw new IllegalArgumentException("unknown unit " + unit);
    };
  }

  @Override
  public String toString() {
    return id;
  }
}
