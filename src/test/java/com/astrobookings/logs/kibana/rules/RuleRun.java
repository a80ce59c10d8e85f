package com.astrobookings.logs.kibana.rules;

import com.astrobookings.logs.kibana.Assets;
import com.astrobookings.logs.kibana.Dashboard;
import com.astrobookings.logs.kibana.Rule;
import com.astrobookings.logs.kibana.panels.EventIndices;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One run of a rule as Kibana does it: a search over the window before now, in groups if the rule
 * says so, and a comparison with the threshold. Kibana compares groups in Elasticsearch with a
 * script; here all are compared the same way.
 */
final class RuleRun {

  private final JsonNode params;
  private final Rule rule;

  private RuleRun(Rule rule) {
    this.rule = rule;
    this.params = rule.params();
  }

  /** The groups for which the rule fires at {@code now}; "all documents" where it has no groups. */
  static List<String> of(Rule rule, EventIndices indices, Instant now) {
    RuleRun run = new RuleRun(rule);
    return run.firing(indices.search(run.text("index/0"), run.request(now)));
  }

  private String request(Instant now) {
    ObjectNode request =
        Assets.JSON.createObjectNode().put("size", 0).put("track_total_hits", true);
    ArrayNode filters = request.putObject("query").putObject("bool").putArray("filter");
    filters.add(rule.query());
    filters
        .addObject()
        .putObject("range")
        .putObject(text("timeField"))
        .put("gte", now.minus(window()).toString())
        .put("lte", now.toString())
        .put("format", "strict_date_optional_time");
    ObjectNode target = request;
    if (params.has("termField")) {
      target = request.putObject("aggs").putObject("group");
      target
          .putObject("terms")
          .put("field", text("termField"))
          .put("size", params.path("termSize").asInt());
    }
    if (params.has("aggField")) {
      target
          .putObject("aggs")
          .putObject("metric")
          .putObject(text("aggType"))
          .put("field", text("aggField"));
    }
    return request.toString();
  }

  private List<String> firing(JsonNode answer) {
    if (params.has("termField")) {
      return Dashboard.elements(answer.at("/aggregations/group/buckets"))
          .filter(group -> met(value(group, group.path("doc_count"))))
          .map(group -> group.path("key").asString())
          .toList();
    }
    JsonNode total = answer.at("/hits/total/value");
    return met(value(answer.path("aggregations"), total)) ? List.of("all documents") : List.of();
  }

  private double value(JsonNode found, JsonNode count) {
    return params.has("aggField") ? found.at("/metric/value").asDouble(0) : count.asDouble();
  }

  private boolean met(double value) {
    String comparator = text("thresholdComparator");
    return switch (comparator) {
      case ">=" -> value >= rule.threshold();
      case "<" -> value < rule.threshold();
      default -> throw new IllegalArgumentException("unknown comparator " + comparator);
    };
  }

  private Duration window() {
    int size = params.path("timeWindowSize").asInt();
    return text("timeWindowUnit").equals("h") ? Duration.ofHours(size) : Duration.ofMinutes(size);
  }

  private String text(String path) {
    return params.at("/" + path).asString();
  }
}
