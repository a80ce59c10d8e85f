package com.astrobookings.logs.kibana.panels;

import com.astrobookings.logs.kibana.Dashboard;
import com.astrobookings.logs.kibana.Layer;
import com.astrobookings.logs.kibana.Layer.Bucket;
import com.astrobookings.logs.kibana.Layer.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the layers of charts show: their searches, sent to Elasticsearch, and the answers read. */
public final class PanelAnswer {

  private static final String TIME = "@timestamp";

  private final Layer layer;
  private final PanelSearch search;
  private final List<Table.Row> rows = new ArrayList<>();

  private PanelAnswer(Layer layer, PanelSearch search) {
    this.layer = layer;
    this.search = search;
  }

  /** What the layer shows over {@code period}: nothing at all as long as there is no index. */
  public static Table of(Layer layer, EventIndices indices, Period period) {
    return of(layer, indices, layer.indexPattern(), new PanelSearch(period));
  }

  /** What the layer shows about these indices with this search. */
  static Table of(Layer layer, EventIndices indices, String names, PanelSearch search) {
    JsonNode answer = indices.search(names, search.of(layer).toString());
    if (answer.at("/_shards/total").asInt() == 0) {
      return new Table(List.of());
    }
    PanelAnswer reader = new PanelAnswer(layer, search);
    double total = answer.at("/hits/total/value").asDouble();
    reader.collect(List.of(), answer.path("aggregations"), total);
    Optional<ObjectNode> other = search.ofOther(layer, answer);
    other.ifPresent(request -> {
      JsonNode found = indices.search(names, request.toString());
      JsonNode bucket = found.path("aggregations").path("other-filter").path("buckets").path("");
      if (bucket.path("doc_count").asLong() > 0) {
        reader.collect(List.of(PanelSearch.OTHER), bucket, bucket.path("doc_count").asDouble());
      }
    });
    return new Table(List.copyOf(reader.rows));
  }

  private void collect(List<String> keys, JsonNode found, double count) {
    if (keys.size() == layer.buckets().size()) {
      rows.add(new Table.Row(keys, cells(found, count)));
      return;
    }
    Bucket bucket = layer.buckets().get(keys.size());
    Dashboard.elements(found.path("bucket").path("buckets"))
        .forEach(group -> {
          List<String> inner = new ArrayList<>(keys);
          inner.add(key(group.path("key"), bucket.isTime()));
          collect(inner, group, group.path("doc_count").asDouble());
        });
  }

  private static String key(JsonNode key, boolean time) {
    return time ? Instant.ofEpochMilli(key.asLong()).toString() : key.asString();
  }

  private List<@Nullable Object> cells(JsonNode found, double count) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (int i = 0; i < layer.metrics().size(); i++) {
      Metric metric = layer.metrics().get(i);
      if (layer.comparesPeriods()) {
        JsonNode part =
            found.path("time_offset_split").path("buckets").path(search.shift(metric.before()));
        cells.add(cell(metric, part.path(PanelSearch.name(i)), part.path("doc_count").asDouble()));
      } else {
        cells.add(cell(metric, found.path(PanelSearch.name(i)), count));
      }
    }
    return cells;
  }

  private @Nullable Object cell(Metric metric, JsonNode found, double count) {
    boolean filtered = !metric.filter().isEmpty();
    if (metric.isCount()) {
      return Table.number(filtered ? found.path("doc_count").asDouble() : count);
    }
    JsonNode value = (filtered ? found.path("metric") : found).path("value");
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
