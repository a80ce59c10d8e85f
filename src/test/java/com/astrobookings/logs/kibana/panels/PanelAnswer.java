package com.astrobookings.logs.kibana.panels;

import com.astrobookings.logs.kibana.Dashboard;
import com.astrobookings.logs.kibana.Layer;
import com.astrobookings.logs.kibana.Layer.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what Elasticsearch answers to the search behind a chart. */
public final class PanelAnswer {

  private static final String TIME = "@timestamp";

  private final Layer layer;
  private final List<Table.Row> rows = new ArrayList<>();

  private PanelAnswer(Layer layer) {
    this.layer = layer;
  }

  /** What the chart shows: nothing at all as long as there is no index. */
  public static Table read(Layer layer, JsonNode answer) {
    if (answer.at("/_shards/total").asInt() == 0) {
      return new Table(List.of());
    }
    PanelAnswer reader = new PanelAnswer(layer);
    reader.collect(
        List.of(), answer.path("aggregations"), answer.at("/hits/total/value").asDouble());
    return new Table(List.copyOf(reader.rows));
  }

  private void collect(List<String> keys, JsonNode found, double count) {
    if (keys.size() == layer.buckets().size()) {
      rows.add(new Table.Row(keys, cells(found, count)));
      return;
    }
    boolean time = layer.buckets().get(keys.size()).operation().equals("date_histogram");
    Dashboard.elements(found.path("bucket").path("buckets"))
        .forEach(bucket -> {
          List<String> inner = new ArrayList<>(keys);
          inner.add(key(bucket, time));
          collect(inner, bucket, bucket.path("doc_count").asDouble());
        });
  }

  private static String key(JsonNode bucket, boolean time) {
    JsonNode key = bucket.path("key");
    return time ? Instant.ofEpochMilli(key.asLong()).toString() : key.asString();
  }

  private List<@Nullable Object> cells(JsonNode found, double count) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (int i = 0; i < layer.metrics().size(); i++) {
      Metric metric = layer.metrics().get(i);
      JsonNode value = found.path(PanelSearch.name(i)).path("value");
      cells.add(PanelSearch.isCount(metric) ? Table.number(count) : cell(metric, value));
    }
    return cells;
  }

  private static @Nullable Object cell(Metric metric, JsonNode value) {
    if (value.isMissingNode()) {
      throw new IllegalStateException("no value for " + metric);
    }
    if (value.isNull()) {
      return null;
    }
    return TIME.equals(metric.field())
        ? Table.instant(value.asDouble())
        : Table.number(value.asDouble());
  }
}
