package com.astrobookings.logs.kibana;

import static com.astrobookings.logs.kibana.Shape.by;
import static com.astrobookings.logs.kibana.Shape.flag;
import static com.astrobookings.logs.kibana.Shape.integer;
import static com.astrobookings.logs.kibana.Shape.list;
import static com.astrobookings.logs.kibana.Shape.object;
import static com.astrobookings.logs.kibana.Shape.oneOf;
import static com.astrobookings.logs.kibana.Shape.text;

import java.util.Map;

/**
 * The part of the Dashboards API that our dashboards use: what every Kibana 9.5 understands, and
 * what the tests can turn into a search. A key that is not here is not to be used.
 */
final class DashboardShape {

  private static final Shape ID = text("[a-z0-9-]+");
  private static final Shape FIELD = text("[@a-z][a-z0-9_.]*");

  private static final Shape QUERY =
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

  private static final Shape TERMS =
      object()
          .with("operation", oneOf("terms"))
          .with("fields", list(1, 1, FIELD))
          .with("limit", integer(1, 100))
          .with("label", text())
          .with(
              "rank_by",
              object()
                  .with("type", oneOf("metric"))
                  .with("metric_index", integer(0, 0))
                  .with("direction", oneOf("asc", "desc")));

  private static final Shape HISTOGRAM =
      object()
          .with("operation", oneOf("date_histogram"))
          .with("field", oneOf("@timestamp"))
          .with("suggested_interval", oneOf("auto"))
          .with("include_empty_rows", flag());

  private static final Shape BUCKET =
      by("operation", Map.of("terms", TERMS, "date_histogram", HISTOGRAM));

  private static final Shape AXIS_TITLE = object().with("title", object().with("visible", flag()));

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

  private static final Shape CHART =
      by(
          "type",
          Map.of(
              "metric",
              chart("metrics", metric().with("type", oneOf("primary", "secondary")), 2)
                  .with("data_source", SOURCE),
              "pie",
              chart("metrics", metric(), 1)
                  .with("data_source", SOURCE)
                  .with("group_by", list(1, 1, TERMS))
                  .with("styling", object().with("donut_hole", oneOf("s", "m", "l"))),
              "data_table",
              chart("metrics", metric(), 10)
                  .with("data_source", SOURCE)
                  .with("rows", list(1, 1, TERMS))
                  .with(
                      "styling",
                      object()
                          .with("density", object().with("mode", oneOf("compact")))
                          .with("paging", integer(10, 100))),
              "xy",
              chart("layers", layer(), 1).with("axis", axis()).maybe("legend", legend())));

  private static final Shape EVENTS =
      object()
          .with("title", text())
          .with(
              "tabs",
              list(
                  1,
                  1,
                  object()
                      .with(
                          "data_source",
                          object()
                              .with("type", oneOf("data_view_reference"))
                              .with("ref_id", oneOf("astrobookings-events")))
                      .with("query", QUERY)
                      .with("column_order", list(2, 10, FIELD))
                      .with(
                          "sort",
                          list(1, 1, object().with("name", FIELD).with("direction", oneOf("desc"))))
                      .with("view_mode", oneOf("documents"))));

  private static final Shape MARKDOWN =
      object()
          .with("content", text())
          .with("settings", object().with("open_links_in_new_tab", flag()));

  private static final Shape PANEL =
      by(
          "type",
          Map.of(
              "vis", panel("vis", CHART),
              "markdown", panel("markdown", MARKDOWN),
              "discover_session", panel("discover_session", EVENTS)));

  private static final Shape SECTION =
      object()
          .with("id", ID)
          .with("title", text())
          .with("collapsed", flag())
          .with("grid", object().with("y", integer(0, 200)))
          .with("panels", list(1, 10, PANEL));

  private static final Shape CONTROL =
      object()
          .with("type", oneOf("options_list_control"))
          .with("width", oneOf("small", "medium", "large"))
          .with("grow", flag())
          .with(
              "config",
              object()
                  .with("title", text())
                  .with("data_view_id", oneOf("astrobookings-events"))
                  .with("field_name", FIELD));

  static final Shape DASHBOARD =
      object()
          .with("title", text())
          .with("description", text())
          .with(
              "time_range",
              object().with("from", text("now-[1-9][0-9]*[hd]")).with("to", oneOf("now")))
          .with(
              "refresh_interval",
              object().with("pause", flag()).with("value", integer(5_000, 3_600_000)))
          .with("query", QUERY)
          .with("options", options())
          .with("pinned_panels", list(0, 5, CONTROL))
          .with(
              "panels",
              list(
                  1,
                  90,
                  (node, at, problems) ->
                      (node.has("panels") ? SECTION : PANEL).check(node, at, problems)));

  private DashboardShape() {}

  private static Shape.Fields metric() {
    Shape.Fields metric =
        object()
            .with("operation", oneOf("count", "unique_count", "sum", "average", "min", "max"))
            .with("label", text())
            .maybe("field", FIELD)
            .maybe("format", FORMAT);
    return metric;
  }

  private static Shape.Fields chart(String parts, Shape part, int most) {
    return object()
        .with("type", text())
        .with("title", text())
        .with("query", QUERY)
        .with(parts, list(1, most, part))
        .maybe("drilldowns", list(1, 5, DRILLDOWN));
  }

  private static Shape layer() {
    return object()
        .with("type", oneOf("bar", "bar_stacked", "bar_horizontal", "line"))
        .with("data_source", SOURCE)
        .with("x", BUCKET)
        .maybe("breakdown_by", TERMS)
        .with("y", list(1, 3, metric()));
  }

  private static Shape axis() {
    return object()
        .with(
            "x",
            object()
                .with("title", object().with("visible", flag()))
                .maybe("scale", oneOf("temporal")))
        .with("y", AXIS_TITLE);
  }

  private static Shape legend() {
    return object()
        .with("visibility", oneOf("visible"))
        .with("placement", oneOf("outside"))
        .with("position", oneOf("bottom"));
  }

  private static Shape options() {
    return object()
        .with("use_margins", flag())
        .with("sync_colors", flag())
        .with("sync_cursor", flag())
        .with("sync_tooltips", flag())
        .with("hide_panel_titles", flag())
        .with("hide_panel_borders", flag())
        .with("auto_apply_filters", flag());
  }

  private static Shape.Fields drilldown() {
    return object()
        .with("type", text())
        .with("trigger", oneOf("on_apply_filter"))
        .with("label", text());
  }

  private static Shape panel(String type, Shape config) {
    return object()
        .with("id", ID)
        .with("type", oneOf(type))
        .with(
            "grid",
            object()
                .with("x", integer(0, 47))
                .with("y", integer(0, 200))
                .with("w", integer(1, 48))
                .with("h", integer(1, 40)))
        .with("config", config);
  }
}
