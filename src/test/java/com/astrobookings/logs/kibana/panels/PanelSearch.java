package com.astrobookings.logs.kibana.panels;

import com.astrobookings.logs.kibana.Assets;
import com.astrobookings.logs.kibana.Dashboard;
import com.astrobookings.logs.kibana.Layer;
import com.astrobookings.logs.kibana.Layer.Bucket;
import com.astrobookings.logs.kibana.Layer.Metric;
import com.astrobookings.logs.kibana.Panel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a panel into the searches that Kibana sends for it. Each rule follows a source of
 * elastic/kibana; {@code aggs} stands for {@code
 * src/platform/plugins/shared/data/common/search/aggs}:
 *
 * <ul>
 *   <li>The queries of dashboard and panel, the filters and the time range are filters of one
 *       {@code bool}; bucket columns are nested aggregations in their order, metrics stand in the
 *       innermost ({@code x-pack/platform/plugins/shared/lens/public/datasources/form_based/
 *       to_expression.ts}).
 *   <li>A group of terms is ordered by {@code _count} or by the metric that ranks it, which is then
 *       computed at its level too ({@code aggs/buckets/_terms_order_helper.ts}); {@code shard_size}
 *       is 25 up to a size of 10 ({@code aggs/buckets/terms.ts}); documents without the field are
 *       the group {@value #MISSING}, and only where there is an "other" group ({@code
 *       form_based/operations/definitions/terms/index.tsx}).
 *   <li>"Other" is a second search, sent if documents are left over: a {@code filters} aggregation
 *       without the groups that were found, and with the field unless documents without it are left
 *       over as well ({@code aggs/buckets/_terms_other_bucket_helper.ts}).
 *   <li>A metric with a query stands in a {@code filter} of its own ({@code
 *       aggs/metrics/filtered_metric.ts}).
 *   <li>A metric of the period before brings {@code time_offset_split}, one filter for each period,
 *       and the time range of the search becomes one of both ({@code aggs/utils/time_splits.ts},
 *       {@code aggs/agg_configs.ts}).
 *   <li>Steps of time without documents are there for as long as the time range lasts ({@code
 *       aggs/buckets/date_histogram.ts}).
 * </ul>
 */
public final class PanelSearch {

  /** The key of the group of documents without the field. */
  static final String MISSING = "__missing__";

  /** The key of the group of all documents beyond the limit. */
  static final String OTHER = "__other__";

  private final Period period;
  private final List<ObjectNode> filters;

  /** Searches over {@code period}. */
  public PanelSearch(Period period) {
    this(period, List.of());
  }

  /** Searches over {@code period} with filters that stand above the dashboard. */
  public PanelSearch(Period period, List<ObjectNode> filters) {
    this.period = period;
    this.filters = List.copyOf(filters);
  }

  /** The search behind one layer of a chart. */
  public ObjectNode of(Layer layer) {
    return search(layer, level(layer, 0));
  }

  /** The second search, for the group of all that is beyond the limit; empty if nothing is. */
  public Optional<ObjectNode> ofOther(Layer layer, JsonNode answer) {
    if (layer.buckets().isEmpty() || !layer.buckets().getFirst().other()) {
      return Optional.empty();
    }
    JsonNode found = answer.at("/aggregations/bucket");
    if (found.path("buckets").isEmpty() || found.path("sum_other_doc_count").asLong() == 0) {
      return Optional.empty();
    }
    ObjectNode aggregations = Assets.JSON.createObjectNode();
    ObjectNode other = aggregations.putObject("other-filter");
    other
        .putObject("filters")
        .putObject("filters")
        .set("", without(layer.buckets().getFirst(), found.path("buckets")));
    other.set("aggs", inner(layer, 0));
    return Optional.of(search(layer, aggregations));
  }

  /** The search behind a list of events. */
  public ObjectNode ofEvents(Panel panel, int size) {
    ObjectNode request =
        request(panel, panel.query(), false).put("size", size).put("_source", false);
    Dashboard.elements(panel.config().at("/tabs/0/column_order"))
        .forEach(column -> request.withArray("fields").add(column.asString()));
    ArrayNode sort = request.putArray("sort");
    Dashboard.elements(panel.config().at("/tabs/0/sort"))
        .forEach(by ->
            sort.addObject().put(by.path("name").asString(), by.path("direction").asString()));
    return request;
  }

  /** The clause that stands for a query in the language of Kibana. */
  static ObjectNode kql(String expression) {
    ObjectNode clause = Assets.JSON.createObjectNode();
    clause.putObject("kql").put("query", expression);
    return clause;
  }

  /** The clause for all instants of {@code period}. */
  static ObjectNode range(Period period) {
    ObjectNode clause = Assets.JSON.createObjectNode();
    clause
        .putObject("range")
        .putObject("@timestamp")
        .put("gte", period.from().toString())
        .put("lte", period.to().toString())
        .put("format", "strict_date_optional_time");
    return clause;
  }

  private ObjectNode search(Layer layer, ObjectNode aggregations) {
    ObjectNode request =
        request(layer.panel(), layer.query(), layer.comparesPeriods())
            .put("size", 0)
            .put("track_total_hits", true);
    if (!aggregations.isEmpty()) {
      request.set("aggs", aggregations);
    }
    return request;
  }

  private ObjectNode request(Panel panel, String query, boolean bothPeriods) {
    ObjectNode request = Assets.JSON.createObjectNode();
    ArrayNode all = request.putObject("query").putObject("bool").putArray("filter");
    Stream.of(panel.dashboard().query(), query)
        .filter(expression -> !expression.isBlank())
        .forEach(expression -> all.add(kql(expression)));
    filters.forEach(all::add);
    if (bothPeriods) {
      all.addObject()
          .putObject("bool")
          .put("minimum_should_match", 1)
          .putArray("should")
          .add(range(period))
          .add(range(period.before()));
    } else {
      all.add(range(period));
    }
    return request;
  }

  private ObjectNode level(Layer layer, int depth) {
    if (depth == layer.buckets().size()) {
      return metrics(layer);
    }
    ObjectNode aggregations = Assets.JSON.createObjectNode();
    ObjectNode bucket = aggregations.putObject("bucket");
    group(layer, layer.buckets().get(depth), bucket);
    ObjectNode inner = inner(layer, depth);
    if (!inner.isEmpty()) {
      bucket.set("aggs", inner);
    }
    return aggregations;
  }

  /** What is computed in each group of a level. */
  private ObjectNode inner(Layer layer, int depth) {
    ObjectNode inner = level(layer, depth + 1);
    Bucket bucket = layer.buckets().get(depth);
    Metric rank = layer.metrics().get(bucket.rankedBy());
    if (bucket.operation().equals("terms") && !rank.isCount()) {
      inner.set(name(bucket.rankedBy()), metric(rank));
    }
    return inner;
  }

  private void group(Layer layer, Bucket bucket, ObjectNode target) {
    switch (bucket.operation()) {
      case "terms" -> {
        ObjectNode terms = target.putObject("terms");
        terms.put("field", bucket.field()).put("size", bucket.limit());
        if (bucket.limit() <= 10) {
          terms.put("shard_size", 25);
        }
        if (bucket.missing()) {
          terms.put("missing", MISSING);
        }
        terms.putObject("order").put(order(layer, bucket), bucket.ascending() ? "asc" : "desc");
      }
      case "date_histogram" -> {
        ObjectNode histogram = target.putObject("date_histogram");
        histogram.put("field", bucket.field()).put("min_doc_count", bucket.emptyRows() ? 0 : 1);
        histogram.put("fixed_interval", period.step().toMinutes() + "m").put("time_zone", "UTC");
        if (bucket.emptyRows()) {
          histogram
              .putObject("extended_bounds")
              .put("min", period.from().toEpochMilli())
              .put("max", period.to().toEpochMilli());
        }
      }
      default -> throw new IllegalArgumentException("unknown grouping " + bucket);
    }
  }

  private static ObjectNode without(Bucket bucket, JsonNode found) {
    ObjectNode filter = Assets.JSON.createObjectNode();
    ObjectNode bool = filter.putObject("bool");
    boolean missingFound = keys(found).anyMatch(MISSING::equals);
    if (!bucket.missing() || missingFound) {
      bool.putArray("filter").addObject().putObject("exists").put("field", bucket.field());
    }
    ArrayNode not = bool.putArray("must_not");
    keys(found)
        .filter(key -> !key.equals(MISSING))
        .forEach(key -> not.addObject().putObject("match_phrase").put(bucket.field(), key));
    return filter;
  }

  private static Stream<String> keys(JsonNode buckets) {
    return Dashboard.elements(buckets).map(bucket -> bucket.path("key").asString());
  }

  private static String order(Layer layer, Bucket bucket) {
    return layer.metrics().get(bucket.rankedBy()).isCount() ? "_count" : name(bucket.rankedBy());
  }

  private ObjectNode metrics(Layer layer) {
    ObjectNode metrics = Assets.JSON.createObjectNode();
    for (int i = 0; i < layer.metrics().size(); i++) {
      Metric metric = layer.metrics().get(i);
      if (!metric.filter().isEmpty()) {
        ObjectNode filtered = metrics.putObject(name(i));
        filtered.set("filter", kql(metric.filter()));
        if (!metric.isCount()) {
          filtered.putObject("aggs").set("metric", metric(metric));
        }
      } else if (!metric.isCount()) {
        metrics.set(name(i), metric(metric));
      }
    }
    if (!layer.comparesPeriods()) {
      return metrics;
    }
    ObjectNode split = Assets.JSON.createObjectNode();
    ObjectNode periods = split.putObject("time_offset_split");
    ObjectNode ranges = periods.putObject("filters").putObject("filters");
    ranges.set(shift(false), range(period));
    ranges.set(shift(true), range(period.before()));
    periods.set("aggs", metrics);
    return split;
  }

  /** The key of a period in {@code time_offset_split}: how far it lies back, in milliseconds. */
  String shift(boolean before) {
    return before ? Long.toString(period.length().toMillis()) : "0";
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

  static String name(int metric) {
    return "m" + metric;
  }
}
