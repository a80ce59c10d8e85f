package com.astrobookings.logs.kibana;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A panel of a dashboard.
 *
 * @param dashboard where it stands
 * @param node the panel as it is in the file
 */
public record Panel(Dashboard dashboard, JsonNode node) {

  /** Unique within the dashboard. */
  public String id() {
    return node.path("id").asString();
  }

  /** What Kibana draws, type and all. */
  public JsonNode config() {
    return node.path("config");
  }

  /** The heading. */
  public String title() {
    return config().path("title").asString();
  }

  /** Whether it draws numbers. */
  public boolean isChart() {
    return kind().equals("vis");
  }

  /** Whether it lists events. */
  public boolean isEventList() {
    return kind().equals("discover_session");
  }

  /** One corner or extent: {@code x}, {@code y}, {@code w} or {@code h}, in cells of the grid. */
  public int grid(String name) {
    return node.path("grid").path(name).asInt();
  }

  /** What a chart asks Elasticsearch: one layer, or more for an XY chart. */
  public List<Layer> layers() {
    return Layer.of(this);
  }

  /** The panel's own query, without that of the dashboard. */
  public String query() {
    JsonNode holder = isEventList() ? config().path("tabs").path(0) : config();
    return holder.path("query").path("expression").asString();
  }

  /** The drilldowns that lead to dashboards. */
  public Stream<JsonNode> dashboardDrilldowns() {
    return Dashboard.elements(config().path("drilldowns"))
        .filter(drilldown -> drilldown.has("dashboard_id"));
  }

  /** The type of a chart; empty for other panels. */
  public String type() {
    return config().path("type").asString("");
  }

  /** What Kibana calls the type of the panel. */
  public String kind() {
    return node.path("type").asString();
  }

  @Override
  public String toString() {
    return id();
  }
}
