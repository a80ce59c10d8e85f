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
 * The part of the Dashboards API of Kibana 9.5 that the dashboards use. A key that is not here is
 * not used, because the tests would not know what Kibana makes of it.
 *
 * <p>Keys, enumerations and which keys are required are those of elastic/dashboards-api-spec {@code
 * openapi/kibana-openapi.yaml} ({@code kbn-dashboard-panel-type-links} and others) and of
 * elastic/kibana {@code kbn-lens-embeddable-utils/config_builder/schema} and {@code
 * links/server/api/schemas.ts}. Some are stricter, so that nothing is left to a default: every
 * terms grouping says what becomes of the rest, every breakdown is ranked over the whole time
 * range, every y-axis has a domain.
 */
final class DashboardShape {

  private static final Shape DATA_VIEW = text("astrobookings-events(-[a-z0-9_-]+)?");
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
                              .with("ref_id", DATA_VIEW))
                      .with("query", ChartShape.QUERY)
                      .with("column_order", list(2, 10, ChartShape.FIELD))
                      .with(
                          "sort",
                          list(
                              1,
                              1,
                              object()
                                  .with("name", ChartShape.FIELD)
                                  .with("direction", oneOf("desc"))))
                      .with("view_mode", oneOf("documents"))));

  private static final Shape LINKS =
      object()
          .with("hide_title", flag())
          .with("layout", oneOf("horizontal"))
          .with(
              "links",
              list(
                  1,
                  10,
                  object()
                      .with("type", oneOf("dashboardLink"))
                      .with("label", text())
                      .with("destination", ChartShape.ID)
                      .with(
                          "options",
                          object()
                              .with("open_in_new_tab", flag())
                              .with("use_filters", flag())
                              .with("use_time_range", flag()))));

  private static final Shape PANEL =
      by(
          "type",
          Map.of(
              "vis", panel("vis", ChartShape.CHART),
              "links", panel("links", LINKS),
              "discover_session", panel("discover_session", EVENTS)));

  private static final Shape CONTROL =
      object()
          .with("type", oneOf("options_list_control"))
          .with("width", oneOf("small", "medium", "large"))
          .with("grow", flag())
          .with(
              "config",
              object()
                  .with("title", text())
                  .with("data_view_id", DATA_VIEW)
                  .with("field_name", ChartShape.FIELD));

  static final Shape DASHBOARD =
      object()
          .with("title", text())
          .with("description", text())
          .with("tags", list(1, 5, ChartShape.ID))
          .with(
              "time_range",
              object().with("from", text("now-[1-9][0-9]*[hd]")).with("to", oneOf("now")))
          .with(
              "refresh_interval",
              object().with("pause", flag()).with("value", integer(5_000, 3_600_000)))
          .with("query", ChartShape.QUERY)
          .with("options", options())
          .with("pinned_panels", list(0, 5, CONTROL))
          .with("panels", list(1, 90, PANEL));

  private DashboardShape() {}

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

  private static Shape panel(String type, Shape config) {
    return object()
        .with("id", ChartShape.ID)
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
