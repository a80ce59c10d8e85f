package com.astrobookings.logs.kibana;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one layer of a chart asks Elasticsearch: metrics in buckets.
 *
 * <p>The order of the buckets is that of Kibana's translation: the rows of a table in their order;
 * in an XY chart the x-axis before the breakdown, unless the breakdown has {@code aggregate_first}
 * (elastic/kibana {@code kbn-lens-embeddable-utils/config_builder/transforms/charts/xy/
 * state_layers.ts}). A tile with a trend has a second layer, its primary metric over time ({@code
 * transforms/charts/metric.ts}). Reference lines ask nothing.
 *
 * @param id the id of the panel, with {@code /trend} or {@code /notes} for a layer of that kind
 * @param panel the chart
 * @param indexPattern the indices
 * @param query the query of the layer besides that of the dashboard
 * @param buckets how documents are grouped, the outermost first; empty for one number over all
 * @param metrics what is computed in each innermost bucket
 */
public record Layer(
    String id,
    Panel panel,
    String indexPattern,
    String query,
    List<Bucket> buckets,
    List<Metric> metrics) {

  /**
   * A grouping.
   *
   * @param operation {@code terms} or {@code date_histogram}
   * @param field by whose values
   * @param limit how many groups at most; 0 where the operation has no limit
   * @param rankedBy index of the metric that orders the groups
   * @param ascending whether the group with the lowest value comes first
   * @param other whether all further groups are shown as one
   * @param missing whether the documents without the field are a group
   * @param emptyRows whether groups without documents are shown
   * @param label how readers call it
   */
  public record Bucket(
      String operation,
      String field,
      int limit,
      int rankedBy,
      boolean ascending,
      boolean other,
      boolean missing,
      boolean emptyRows,
      String label) {

    /** Whether it groups by time. */
    public boolean isTime() {
      return operation.equals("date_histogram");
    }
  }

  /**
   * A number.
   *
   * @param operation {@code count}, {@code sum}, {@code average}, ...
   * @param field of which field; null for a count of documents
   * @param label how readers call it
   * @param filter the query of the documents that count; empty for all
   * @param before whether it is about the period before that of the dashboard
   * @param node the metric as it is in the file
   */
  public record Metric(
      String operation,
      @Nullable String field,
      String label,
      String filter,
      boolean before,
      JsonNode node) {

    /** Whether it counts documents. */
    public boolean isCount() {
      return operation.equals("count");
    }
  }

  static List<Layer> of(Panel panel) {
    JsonNode config = panel.config();
    String type = config.path("type").asString();
    return switch (type) {
      case "metric" -> tile(panel, config);
      case "pie" -> List.of(layer(panel, config, children(config, "group_by"), "metrics"));
      case "data_table" -> List.of(layer(panel, config, children(config, "rows"), "metrics"));
      case "xy" -> children(config, "layers").flatMap(layer -> xy(panel, layer).stream()).toList();
      default -> throw new IllegalArgumentException(panel.id() + " is a chart of type " + type);
    };
  }

  /** Whether the metrics are about two periods. */
  public boolean comparesPeriods() {
    return metrics.stream().anyMatch(Metric::before);
  }

  private static List<Layer> tile(Panel panel, JsonNode config) {
    Layer numbers = layer(panel, config, Stream.empty(), "metrics");
    List<Layer> layers = new ArrayList<>(List.of(numbers));
    if (config.at("/metrics/0/background_chart/type").asString("").equals("trend")) {
      layers.add(
          new Layer(
              panel.id() + "/trend",
              panel,
              numbers.indexPattern(),
              numbers.query(),
              List.of(time(config.at("/data_source/time_field").asString(), true)),
              numbers.metrics().subList(0, 1)));
    }
    return layers;
  }

  private static List<Layer> xy(Panel panel, JsonNode layer) {
    return switch (layer.path("type").asString()) {
      case "reference_lines" -> List.of();
      case "annotations" ->
          children(layer, "events").map(event -> notes(panel, layer, event)).toList();
      default -> List.of(layer(panel, layer, xyBuckets(layer), "y"));
    };
  }

  private static Stream<JsonNode> xyBuckets(JsonNode layer) {
    boolean breakdownFirst = layer.at("/breakdown_by/aggregate_first").asBoolean(false);
    return (breakdownFirst ? Stream.of("breakdown_by", "x") : Stream.of("x", "breakdown_by"))
        .filter(layer::has)
        .map(layer::path);
  }

  /** The intervals in which something happened that is marked on the time axis. */
  private static Layer notes(Panel panel, JsonNode layer, JsonNode event) {
    return new Layer(
        panel.id() + "/notes",
        panel,
        layer.at("/data_source/index_pattern").asString(),
        event.at("/query/expression").asString(),
        List.of(time(event.path("time_field").asString(), false)),
        List.of(new Metric("count", null, event.path("label").asString(), "", false, event)));
  }

  private static Bucket time(String field, boolean emptyRows) {
    return new Bucket("date_histogram", field, 0, 0, false, false, false, emptyRows, "");
  }

  private static Layer layer(
      Panel panel, JsonNode holder, Stream<JsonNode> buckets, String metrics) {
    return new Layer(
        panel.id(),
        panel,
        holder.at("/data_source/index_pattern").asString(),
        panel.query(),
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
        node.has("other_bucket"),
        node.at("/other_bucket/include_documents_without_field").asBoolean(false),
        node.path("include_empty_rows").asBoolean(false),
        node.path("label").asString(""));
  }

  private static Metric metric(JsonNode node) {
    return new Metric(
        node.path("operation").asString(),
        node.has("field") ? node.path("field").asString() : null,
        node.path("label").asString(""),
        node.at("/filter/expression").asString(""),
        node.has("time_shift"),
        node);
  }

  private static Stream<JsonNode> children(JsonNode node, String name) {
    return Dashboard.elements(node.path(name));
  }

  @Override
  public String toString() {
    return id;
  }
}
