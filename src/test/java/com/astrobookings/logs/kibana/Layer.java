package com.astrobookings.logs.kibana;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one layer of a chart asks Elasticsearch: metrics in buckets.
 *
 * @param panel the chart
 * @param indexPattern the indices
 * @param buckets how documents are grouped, the outermost first; empty for one number over all
 * @param metrics what is computed in each innermost bucket
 */
public record Layer(Panel panel, String indexPattern, List<Bucket> buckets, List<Metric> metrics) {

  /**
   * A grouping.
   *
   * @param operation {@code terms} or {@code date_histogram}
   * @param field by whose values
   * @param limit how many groups at most; 0 where the operation has no limit
   * @param rankedBy index of the metric that orders the groups
   * @param ascending whether the group with the lowest value comes first
   * @param label how readers call it
   */
  public record Bucket(
      String operation, String field, int limit, int rankedBy, boolean ascending, String label) {}

  /**
   * A number.
   *
   * @param operation {@code count}, {@code sum}, {@code average}, ...
   * @param field of which field; null for a count of documents
   * @param label how readers call it
   * @param format how it is written
   */
  public record Metric(String operation, @Nullable String field, String label, JsonNode format) {}

  static List<Layer> of(Panel panel) {
    JsonNode config = panel.config();
    String type = config.path("type").asString();
    return switch (type) {
      case "metric" -> List.of(layer(panel, config, Stream.empty(), "metrics"));
      case "pie" -> List.of(layer(panel, config, children(config, "group_by"), "metrics"));
      case "data_table" -> List.of(layer(panel, config, children(config, "rows"), "metrics"));
      case "xy" -> children(config, "layers").map(layer -> xy(panel, layer)).toList();
      default -> throw new IllegalArgumentException(panel.id() + " is a chart of type " + type);
    };
  }

  private static Layer xy(Panel panel, JsonNode layer) {
    Stream<JsonNode> buckets = Stream.of("breakdown_by", "x").filter(layer::has).map(layer::path);
    return layer(panel, layer, buckets, "y");
  }

  private static Layer layer(
      Panel panel, JsonNode holder, Stream<JsonNode> buckets, String metrics) {
    return new Layer(
        panel,
        holder.path("data_source").path("index_pattern").asString(),
        buckets.map(Layer::bucket).toList(),
        children(holder, metrics).map(Layer::metric).toList());
  }

  private static Bucket bucket(JsonNode node) {
    JsonNode rank = node.path("rank_by");
    return new Bucket(
        node.path("operation").asString(),
        node.has("field") ? node.path("field").asString() : node.at("/fields/0").asString(),
        node.path("limit").asInt(0),
        rank.path("metric_index").asInt(0),
        rank.path("direction").asString("").equals("asc"),
        node.path("label").asString(""));
  }

  private static Metric metric(JsonNode node) {
    return new Metric(
        node.path("operation").asString(),
        node.has("field") ? node.path("field").asString() : null,
        node.path("label").asString(""),
        node.path("format"));
  }

  private static Stream<JsonNode> children(JsonNode node, String name) {
    return Dashboard.elements(node.path(name));
  }
}
