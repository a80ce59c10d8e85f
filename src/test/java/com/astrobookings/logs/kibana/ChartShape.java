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
 * The charts of the dashboards, as far as {@link DashboardShape} lets them use the Dashboards API:
 * schemas {@code metricPrimary…}, {@code metricSecondary…}, {@code xyLayerNoESQL}, {@code
 * xyReferenceLineLayerNoESQL}, {@code xyAnnotationQuery} and {@code datatableMetric…} of
 * elastic/dashboards-api-spec {@code openapi/kibana-openapi.yaml}.
 */
final class ChartShape {

  /** The identifier of a dashboard or panel. */
  static final Shape ID = text("[a-z0-9_-]+");

  /** The path of a field. */
  static final Shape FIELD = text("[@a-z][a-z0-9_.]*");

  /** A query. */
  static final Shape QUERY =
      object().with("expression", text("(?s).*")).with("language", oneOf("kql"));

  private static final Shape SOURCE =
      object()
          .with("type", oneOf("data_view_spec"))
          .with("index_pattern", oneOf("astrobookings-events-*"))
          .with("time_field", oneOf("@timestamp"));

  private static final Shape FORMAT =
      by(
          "type",
          Map.of(
              "number",
              object()
                  .with("type", text())
                  .with("decimals", integer(0, 3))
                  .maybe("compact", flag()),
              "percent",
              object().with("type", text()).with("decimals", integer(0, 3))));

  private static final Shape STATIC_COLOR =
      object().with("type", oneOf("static")).with("color", text("#[0-9a-f]{6}"));

  private static final Shape COLOR_BY_VALUE =
      object()
          .with("type", oneOf("dynamic"))
          .with("range", oneOf("absolute"))
          .with(
              "steps",
              list(
                  2,
                  5,
                  object()
                      .maybe("gte", number())
                      .maybe("lt", number())
                      .with("color", text("#[0-9a-f]{6}"))));

  private static final Shape TERMS = terms();

  private static final Shape HISTOGRAM =
      object()
          .with("operation", oneOf("date_histogram"))
          .with("field", oneOf("@timestamp"))
          .with("suggested_interval", oneOf("auto"))
          .with("include_empty_rows", flag());

  private static final Shape X =
      by("operation", Map.of("terms", TERMS, "date_histogram", HISTOGRAM));

  private static final Shape DRILLDOWN =
      by(
          "type",
          Map.of(
              "dashboard_drilldown",
              drilldown()
                  .with("dashboard_id", ID)
                  .with("use_filters", flag())
                  .with("use_time_range", flag()),
              "discover_drilldown",
              drilldown()));

  private static final Shape TILE_METRIC =
      by(
          "type",
          Map.of(
              "primary",
              metric()
                  .with("type", text())
                  .with("background_chart", object().with("type", oneOf("trend")))
                  .maybe("color", COLOR_BY_VALUE)
                  .maybe("apply_color_to", oneOf("value")),
              "secondary",
              metric()
                  .with("type", text())
                  .with("time_shift", oneOf("previous"))
                  .maybe(
                      "compare",
                      object()
                          .with("to", oneOf("primary"))
                          .with("icon", flag())
                          .with("value", flag()))));

  private static final Shape LAYER =
      by(
          "type",
          Map.of(
              "bar", layer(),
              "bar_stacked", layer(),
              "bar_horizontal", layer(),
              "line", layer(),
              "reference_lines", referenceLines(),
              "annotations", annotations()));

  /** The configuration of a chart. */
  static final Shape CHART =
      by(
          "type",
          Map.of(
              "metric",
              chart("metrics", list(2, 2, TILE_METRIC)).with("data_source", SOURCE),
              "pie",
              clickable("metrics", list(1, 1, metric()))
                  .with("data_source", SOURCE)
                  .with("group_by", list(1, 1, TERMS))
                  .with("styling", object().with("donut_hole", oneOf("s", "m", "l"))),
              "data_table",
              clickable(
                      "metrics",
                      list(
                          1,
                          10,
                          metric()
                              .maybe("filter", QUERY)
                              .maybe("color", COLOR_BY_VALUE)
                              .maybe("apply_color_to", oneOf("value"))))
                  .with("data_source", SOURCE)
                  .with("rows", list(1, 1, TERMS))
                  .with(
                      "styling",
                      object()
                          .with("density", object().with("mode", oneOf("compact")))
                          .with("paging", integer(10, 100))),
              "xy",
              clickable("layers", list(1, 2, LAYER))
                  .with("axis", axis())
                  .maybe("legend", legend())
                  .maybe(
                      "styling",
                      object().with("fitting", object().with("type", oneOf("linear"))))));

  private ChartShape() {}

  private static Shape.Fields metric() {
    return object()
        .with("operation", oneOf("count", "unique_count", "sum", "average", "min", "max"))
        .with("label", text())
        .maybe("field", FIELD)
        .maybe("format", FORMAT);
  }

  private static Shape.Fields terms() {
    return object()
        .with("operation", oneOf("terms"))
        .with("fields", list(1, 1, FIELD))
        .with("limit", integer(1, 100))
        .with("label", text())
        .with(
            "rank_by",
            object()
                .with("type", oneOf("metric"))
                .with("metric_index", integer(0, 0))
                .with("direction", oneOf("asc", "desc")))
        .with("other_bucket", object().with("include_documents_without_field", flag()));
  }

  private static Shape.Fields chart(String parts, Shape shape) {
    return object()
        .with("type", text())
        .with("title", text())
        .with("query", QUERY)
        .with(parts, shape);
  }

  private static Shape.Fields clickable(String parts, Shape shape) {
    return chart(parts, shape).with("drilldowns", list(1, 5, DRILLDOWN));
  }

  private static Shape layer() {
    return object()
        .with("type", text())
        .with("data_source", SOURCE)
        .with("x", X)
        .maybe("breakdown_by", terms().with("aggregate_first", Shape.isTrue()))
        .with("y", list(1, 4, metric().maybe("filter", QUERY).maybe("color", STATIC_COLOR)));
  }

  private static Shape referenceLines() {
    return object()
        .with("type", text())
        .with("data_source", SOURCE)
        .with(
            "thresholds",
            list(
                1,
                1,
                object()
                    .with("operation", oneOf("static_value"))
                    .with("value", number())
                    .with("label", text())
                    .with("format", FORMAT)
                    .with("axis", oneOf("y"))
                    .with("color", STATIC_COLOR)
                    .with("stroke_dash", oneOf("dashed"))
                    .with("stroke_width", integer(1, 10))
                    .with("text", object().with("visible", flag()))));
  }

  private static Shape annotations() {
    return object()
        .with("type", text())
        .with("data_source", SOURCE)
        .with(
            "events",
            list(
                1,
                1,
                object()
                    .with("type", oneOf("query"))
                    .with("label", text())
                    .with("query", QUERY)
                    .with("time_field", oneOf("@timestamp"))
                    .with("icon", oneOf("alert", "flag", "bolt"))
                    .with("color", STATIC_COLOR)
                    .with("extra_fields", list(0, 5, FIELD))));
  }

  private static Shape axis() {
    return object()
        .with(
            "x",
            object()
                .with("title", object().with("visible", flag()))
                .maybe("scale", oneOf("temporal")))
        .with(
            "y",
            object()
                .with("title", object().with("visible", flag()))
                .with("domain", object().with("type", oneOf("full"))));
  }

  private static Shape legend() {
    return object()
        .with("visibility", oneOf("visible"))
        .with("placement", oneOf("outside"))
        .with("position", oneOf("bottom"));
  }

  private static Shape.Fields drilldown() {
    return object()
        .with("type", text())
        .with("trigger", oneOf("on_apply_filter"))
        .with("label", text());
  }
}
