package com.astrobookings.logs.kibana.rules;

import com.astrobookings.logs.kibana.Assets;
import com.astrobookings.logs.kibana.Dashboard;
import com.astrobookings.logs.kibana.Rule;
import com.astrobookings.logs.kibana.Rule.Condition;
import com.astrobookings.logs.kibana.panels.EventIndices;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One run of a rule as Kibana does it: for each condition a search over its window before now, in
 * groups if the rule says so; the rule fires for the groups that meet all conditions.
 *
 * <p>Sources in elastic/kibana: {@code triggers_actions_ui/common/build_agg.ts} for {@code
 * .es-query} ({@code terms}); {@code observability/server/lib/rules/custom_threshold/lib/
 * metric_query.ts} and {@code create_custom_metrics_aggregations.ts} for custom thresholds ({@code
 * composite}, a {@code filter} for a metric with a query), {@code custom_threshold_executor.ts} for
 * "all conditions". Kibana compares in Elasticsearch with scripts; here the comparison is Java.
 */
final class RuleRun {

  private static final int MAX_GROUPS = 1000;
  private static final String ALL = "all documents";

  private final Rule rule;
  private final EventIndices indices;
  private final Instant now;

  private RuleRun(Rule rule, EventIndices indices, Instant now) {
    this.rule = rule;
    this.indices = indices;
    this.now = now;
  }

  /** The groups for which the rule fires at {@code now}; "all documents" where it has no groups. */
  static List<String> of(Rule rule, EventIndices indices, Instant now) {
    RuleRun run = new RuleRun(rule, indices, now);
    List<List<String>> met = rule.conditions().stream().map(run::groupsThatMeet).toList();
    return met.getFirst().stream()
        .filter(group -> met.stream().allMatch(groups -> groups.contains(group)))
        .toList();
  }

  private List<String> groupsThatMeet(Condition condition) {
    JsonNode answer = indices.search("astrobookings-events-*", request(condition).toString());
    if (rule.groupField().isEmpty()) {
      double count = answer.at("/hits/total/value").asDouble();
      return met(condition, count) ? List.of(ALL) : List.of();
    }
    return Dashboard.elements(answer.at("/aggregations/group/buckets"))
        .filter(group -> met(condition, value(condition, group)))
        .map(RuleRun::key)
        .toList();
  }

  private ObjectNode request(Condition condition) {
    ObjectNode request = Assets.JSON.createObjectNode().put("size", 0);
    request.put("track_total_hits", true);
    ArrayNode filters = request.putObject("query").putObject("bool").putArray("filter");
    kql(filters.addObject(), rule.query());
    filters
        .addObject()
        .putObject("range")
        .putObject("@timestamp")
        .put("gte", now.minus(condition.window()).toString())
        .put("lte", now.toString())
        .put("format", "strict_date_optional_time");
    if (!rule.groupField().isEmpty()) {
      ObjectNode group = request.putObject("aggs").putObject("group");
      grouping(group);
      metric(group.putObject("aggs"), condition);
    }
    return request;
  }

  private void grouping(ObjectNode group) {
    if (rule.isCustomThreshold()) {
      group
          .putObject("composite")
          .put("size", MAX_GROUPS)
          .putArray("sources")
          .addObject()
          .putObject("groupBy0")
          .putObject("terms")
          .put("field", rule.groupField());
    } else {
      group
          .putObject("terms")
          .put("field", rule.groupField())
          .put("size", rule.params().path("termSize").asInt());
    }
  }

  private void metric(ObjectNode aggregations, Condition condition) {
    if (!condition.filter().isEmpty()) {
      kql(aggregations.putObject("metric").putObject("filter"), atNow(condition.filter()));
    } else if (!condition.field().isEmpty()) {
      aggregations
          .putObject("metric")
          .putObject(condition.aggregation())
          .put("field", condition.field());
    }
  }

  /** Elasticsearch would put its own time in the place of "now". */
  private String atNow(String query) {
    return query.replace("\"now-", "\"" + now + "||-");
  }

  private static void kql(ObjectNode clause, String query) {
    clause.putObject("kql").put("query", query);
  }

  private static double value(Condition condition, JsonNode group) {
    if (!condition.filter().isEmpty()) {
      return group.at("/metric/doc_count").asDouble();
    }
    return condition.field().isEmpty()
        ? group.path("doc_count").asDouble()
        : group.at("/metric/value").asDouble(0);
  }

  private static String key(JsonNode group) {
    JsonNode key = group.path("key");
    return Stream.of(key.path("groupBy0"), key)
        .filter(JsonNode::isString)
        .findFirst()
        .orElseThrow()
        .asString();
  }

  private static boolean met(Condition condition, double value) {
    return switch (condition.comparator()) {
      case ">=" -> value >= condition.threshold();
      case "<" -> value < condition.threshold();
      default -> throw new IllegalArgumentException("unknown comparator " + condition);
    };
  }
}
