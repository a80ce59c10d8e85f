package com.astrobookings.logs.kibana;

import static com.astrobookings.logs.kibana.Shape.by;
import static com.astrobookings.logs.kibana.Shape.flag;
import static com.astrobookings.logs.kibana.Shape.integer;
import static com.astrobookings.logs.kibana.Shape.list;
import static com.astrobookings.logs.kibana.Shape.number;
import static com.astrobookings.logs.kibana.Shape.object;
import static com.astrobookings.logs.kibana.Shape.oneOf;
import static com.astrobookings.logs.kibana.Shape.text;

import java.util.Map;

/**
 * The part of the alerting API that the rules use.
 *
 * <p>Sources: elastic/dashboards-api-spec {@code openapi/kibana-openapi.yaml} ({@code
 * …-create-rule-body-alerting}: {@code artifacts}, at most 10 dashboards, a guide of at most 10,000
 * characters); elastic/kibana {@code response-ops-rule-params/custom_threshold} (criteria) and
 * {@code stack_alerts/server/feature.ts} (both types may have the consumer {@code stackAlerts}).
 */
final class RuleShape {

  private static final Shape ES_QUERY =
      object()
          .with("searchType", oneOf("esQuery"))
          .with("index", list(1, 1, oneOf("astrobookings-events-*")))
          .with("timeField", oneOf("@timestamp"))
          .with("esQuery", text())
          .with("timeWindowSize", integer(1, 100))
          .with("timeWindowUnit", oneOf("m", "h"))
          .with("size", integer(0, 0))
          .with("excludeHitsFromPreviousRun", flag())
          .with("aggType", oneOf("count"))
          .with("groupBy", oneOf("all", "top"))
          .maybe("termField", text())
          .maybe("termSize", integer(1, 1000))
          .with("thresholdComparator", oneOf(">="))
          .with("threshold", list(1, 1, number()));

  private static final Shape METRIC =
      by(
          "aggType",
          Map.of(
              "count",
              object().with("name", oneOf("A")).with("aggType", text()).maybe("filter", text()),
              "avg",
              object().with("name", oneOf("A")).with("aggType", text()).with("field", text())));

  private static final Shape CUSTOM_THRESHOLD =
      object()
          .with(
              "criteria",
              list(
                  1,
                  5,
                  object()
                      .with("comparator", oneOf(">=", "<"))
                      .with("threshold", list(1, 1, number()))
                      .with("timeSize", integer(1, 100))
                      .with("timeUnit", oneOf("m", "h", "d"))
                      .with("metrics", list(1, 1, METRIC))))
          .with("groupBy", list(1, 1, text()))
          .with("alertOnNoData", flag())
          .with("alertOnGroupDisappear", flag())
          .with(
              "searchConfiguration",
              object()
                  .with("index", text("astrobookings-events(-[a-z0-9_-]+)?"))
                  .with("query", object().with("query", text()).with("language", oneOf("kuery"))));

  /** What is sent to create a rule. */
  static final Shape RULE =
      by(
          "rule_type_id",
          Map.of(
              ".es-query",
              created(ES_QUERY),
              "observability.rules.custom_threshold",
              created(CUSTOM_THRESHOLD)));

  /** What is sent to replace a rule, whose type and consumer cannot be stated any more. */
  static final Shape REPLACEMENT =
      replaced((node, at, problems) ->
          (node.has("criteria") ? CUSTOM_THRESHOLD : ES_QUERY).check(node, at, problems));

  private RuleShape() {}

  private static Shape created(Shape params) {
    return replaced(params).with("rule_type_id", text()).with("consumer", oneOf("stackAlerts"));
  }

  private static Shape.Fields replaced(Shape params) {
    return object()
        .with("name", text("AstroBookings / .+"))
        .with("tags", list(1, 5, text()))
        .with("schedule", object().with("interval", text("[1-9][0-9]*[mh]")))
        .with("params", params)
        .with("actions", list(0, 0, text()))
        .with(
            "artifacts",
            object()
                .with("dashboards", list(1, 10, object().with("id", text("[a-z0-9_-]+"))))
                .with("investigation_guide", object().with("blob", text("(?s).{1,10000}"))));
  }
}
