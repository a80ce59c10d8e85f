package com.astrobookings.logs.kibana;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * A dashboard as it is in its file.
 *
 * @param id the name of the file, which becomes the id in Kibana
 * @param body what Kibana is sent
 */
public record Dashboard(String id, JsonNode body) {

  /** What stands in the query bar when the dashboard is opened. */
  public String query() {
    return body.path("query").path("expression").asString();
  }

  /** All panels in the order of the file. */
  public List<Panel> panels() {
    return elements(body.path("panels")).map(node -> new Panel(this, node)).toList();
  }

  /** The panel with this id. */
  public Panel panel(String id) {
    return panels().stream().filter(panel -> panel.id().equals(id)).findFirst().orElseThrow();
  }

  /** The list of events at the end. */
  public Panel events() {
    return panels().getLast();
  }

  /** The links to the dashboards, in the order of the file. */
  public Stream<JsonNode> links() {
    return elements(panels().getFirst().config().path("links"));
  }

  /** The fields that the controls above the panels filter by. */
  public List<String> controlFields() {
    return elements(body.path("pinned_panels"))
        .map(control -> control.path("config").path("field_name").asString())
        .toList();
  }

  /** The elements of an array, none if it is missing. */
  public static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  @Override
  public String toString() {
    return id;
  }
}
