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

  /** All panels in the order of the file, those of sections included. */
  public List<Panel> panels() {
    return elements(body.path("panels"))
        .flatMap(
            node -> isSection(node) ? elements(node.path("panels")).map(this::panel) : one(node))
        .toList();
  }

  /** The collapsible sections. */
  List<JsonNode> sections() {
    return elements(body.path("panels")).filter(Dashboard::isSection).toList();
  }

  /** The panels that stand on the dashboard itself, outside of sections. */
  public List<Panel> panelsOutsideSections() {
    return elements(body.path("panels")).filter(n -> !isSection(n)).map(this::panel).toList();
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

  private Stream<Panel> one(JsonNode node) {
    return Stream.of(panel(node));
  }

  private Panel panel(JsonNode node) {
    return new Panel(this, node);
  }

  private static boolean isSection(JsonNode node) {
    return node.has("panels");
  }

  @Override
  public String toString() {
    return id;
  }
}
