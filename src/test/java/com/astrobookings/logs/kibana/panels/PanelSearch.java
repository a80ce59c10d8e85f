package com.astrobookings.logs.kibana.panels;

import com.astrobookings.logs.kibana.Assets;
import com.astrobookings.logs.kibana.Dashboard;
import com.astrobookings.logs.kibana.Layer;
import com.astrobookings.logs.kibana.Layer.Bucket;
import com.astrobookings.logs.kibana.Layer.Metric;
import com.astrobookings.logs.kibana.Panel;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a panel into the search that Kibana sends for it: the queries of dashboard and panel and
 * the time range as filters, buckets as nested aggregations, metrics in the innermost of them.
 */
public final class PanelSearch {

  private final Period period;

  /** Searches over {@code period}. */
  public PanelSearch(Period period) {
    this.period = period;
  }

  /** The search behind one layer of a chart. */
  public String of(Layer layer) {
    ObjectNode request = request(layer.panel()).put("size", 0).put("track_total_hits", true);
    ObjectNode aggregations = aggregations(layer, layer.buckets());
    if (!aggregations.isEmpty()) {
      request.set("aggs", aggregations);
    }
    return request.toString();
  }

  /** The search behind a list of events. */
  public String ofEvents(Panel panel, int size) {
    ObjectNode request = request(panel).put("size", size).put("_source", false);
    Dashboard.elements(panel.config().at("/tabs/0/column_order"))
        .forEach(column -> request.withArray("fields").add(column.asString()));
    ArrayNode sort = request.putArray("sort");
    Dashboard.elements(panel.config().at("/tabs/0/sort"))
        .forEach(by ->
            sort.addObject().put(by.path("name").asString(), by.path("direction").asString()));
    return request.toString();
  }

  /** The clause that stands for a query in the language of Kibana. */
  static ObjectNode kql(String expression) {
    ObjectNode clause = Assets.JSON.createObjectNode();
    clause.putObject("kql").put("query", expression);
    return clause;
  }

  private ObjectNode request(Panel panel) {
    ObjectNode request = Assets.JSON.createObjectNode();
    ArrayNode filters = request.putObject("query").putObject("bool").putArray("filter");
    Stream.of(panel.dashboard().query(), panel.query())
        .filter(expression -> !expression.isBlank())
        .forEach(expression -> filters.add(kql(expression)));
    filters
        .addObject()
        .putObject("range")
        .putObject("@timestamp")
        .put("gte", period.from().toString())
        .put("lte", period.to().toString())
        .put("format", "strict_date_optional_time");
    return request;
  }

  private ObjectNode aggregations(Layer layer, List<Bucket> buckets) {
    ObjectNode aggregations = Assets.JSON.createObjectNode();
    if (!buckets.isEmpty()) {
      ObjectNode bucket = aggregations.putObject("bucket");
      group(layer, buckets.getFirst(), bucket);
      ObjectNode inner = aggregations(layer, buckets.subList(1, buckets.size()));
      rank(layer, buckets.getFirst(), inner);
      if (!inner.isEmpty()) {
        bucket.set("aggs", inner);
      }
      return aggregations;
    }
    metrics(layer).forEach((name, metric) -> aggregations.set(name, metric));
    return aggregations;
  }

  private void group(Layer layer, Bucket bucket, ObjectNode target) {
    switch (bucket.operation()) {
      case "terms" -> {
        ObjectNode terms = target.putObject("terms");
        terms.put("field", bucket.field()).put("size", bucket.limit()).put("shard_size", 100);
        terms.putObject("order").put(order(layer, bucket), bucket.ascending() ? "asc" : "desc");
      }
      case "date_histogram" -> {
        ObjectNode histogram = target.putObject("date_histogram");
        histogram.put("field", bucket.field()).put("min_doc_count", 0);
        histogram.put("fixed_interval", period.step().toMinutes() + "m");
        histogram
            .putObject("extended_bounds")
            .put("min", period.from().toEpochMilli())
            .put("max", period.to().toEpochMilli());
      }
      default -> throw new IllegalArgumentException("unknown grouping " + bucket);
    }
  }

  /** The metric that orders the groups has to be computed in each group, however deep others go. */
  private static void rank(Layer layer, Bucket bucket, ObjectNode inner) {
    Metric metric = layer.metrics().get(bucket.rankedBy());
    if (bucket.operation().equals("terms") && !isCount(metric)) {
      inner.set(name(bucket.rankedBy()), metric(metric));
    }
  }

  private static String order(Layer layer, Bucket bucket) {
    return isCount(layer.metrics().get(bucket.rankedBy())) ? "_count" : name(bucket.rankedBy());
  }

  private static Map<String, ObjectNode> metrics(Layer layer) {
    List<Metric> metrics = layer.metrics();
    return IntStream.range(0, metrics.size())
        .filter(i -> !isCount(metrics.get(i)))
        .boxed()
        .collect(java.util.stream.Collectors.toMap(PanelSearch::name, i -> metric(metrics.get(i))));
  }

  private static ObjectNode metric(Metric metric) {
    String aggregation =
        switch (metric.operation()) {
          case "unique_count" -> "cardinality";
          case "average" -> "avg";
          case "sum", "min", "max" -> metric.operation();
          default -> throw new IllegalArgumentException("unknown metric " + metric);
        };
    ObjectNode node = Assets.JSON.createObjectNode();
    node.putObject(aggregation).put("field", metric.field());
    return node;
  }

  static boolean isCount(Metric metric) {
    return metric.operation().equals("count");
  }

  static String name(int metric) {
    return "m" + metric;
  }
}
