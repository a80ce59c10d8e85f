package com.astrobookings.logs.query;

import com.astrobookings.logs.event.EventJson;
import com.astrobookings.logs.event.value.Result;
import com.astrobookings.logs.event.value.StoredInstants;
import com.astrobookings.logs.store.stats.Dimension;
import com.astrobookings.logs.store.stats.EventStats;
import com.astrobookings.logs.store.stats.EventStats.Bucket;
import com.astrobookings.logs.store.stats.EventStats.Counts;
import com.astrobookings.logs.store.stats.EventStats.Distribution;
import com.astrobookings.logs.store.stats.EventStats.Groups;
import com.astrobookings.logs.store.stats.EventStats.Reconciliations;
import com.astrobookings.logs.store.stats.EventStats.Sample;
import com.astrobookings.logs.store.stats.EventStats.Share;
import com.astrobookings.logs.store.stats.EventStats.Value;
import com.astrobookings.logs.store.stats.StatsRequest.Resolution;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The response to a request for statistics.
 *
 * @param parameters what was requested
 * @param stats what was counted
 * @param personal whether personal data is shown
 */
record StatsResponse(StatsParameters parameters, EventStats stats, boolean personal) {

  private static final JsonFactory JSON = new JsonFactory();

  /** How events name an outcome, by how documents do. */
  private static final Map<String, String> OUTCOMES =
      Arrays.stream(Result.values()).collect(Collectors.toMap(Result::outcome, Result::name));

  /** Returns the response as JSON. */
  byte[] json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 * 1024);
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      new Writer(generator, this).write();
    }
    return bytes.toByteArray();
  }

  /** Writes one response. */
  private static final class Writer {

    private final JsonGenerator generator;
    private final StatsResponse response;
    private final StatsParameters parameters;
    private final EventStats stats;
    private final List<Dimension> by;

    Writer(JsonGenerator generator, StatsResponse response) {
      this.generator = generator;
      this.response = response;
      this.parameters = response.parameters();
      this.stats = response.stats();
      this.by = parameters.request().by();
    }

    void write() {
      generator.writeStartObject();
      time("from", parameters.query().from());
      time("to", parameters.query().to());
      generator.writeNumberProperty("total", stats.counts().count());
      failed(stats.counts(), parameters.outcomes().ofAll());
      generator.writeStringProperty("interval", interval());
      ZoneId zone = parameters.request().zone();
      generator.writeStringProperty("tz", zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId());
      if (!(parameters.request().interval() instanceof Resolution.None)) {
        generator.writeName("buckets");
        generator.writeStartArray();
        stats.buckets().forEach(this::bucket);
        generator.writeEndArray();
      }
      groups(stats.groups(), 0);
      generator.writeBooleanProperty("approximate", stats.groups().errorBound() > 0);
      if (stats.groups().errorBound() > 0) {
        generator.writeNumberProperty("errorBound", stats.groups().errorBound());
      }
      if (stats.reconciliations() != null) {
        reconciliations(stats.reconciliations());
      }
      generator.writeEndObject();
    }

    private String interval() {
      if (stats.interval() != null) {
        return stats.interval().text();
      }
      return parameters.request().interval() instanceof Resolution.None ? "none" : "auto";
    }

    private void bucket(Bucket bucket) {
      generator.writeStartObject();
      time("from", bucket.from());
      time("to", bucket.to());
      counts(bucket.counts(), parameters.outcomes().ofAll());
      shares(bucket.by(), 0);
      generator.writeEndObject();
    }

    private void shares(List<Share> shares, int depth) {
      if (depth == by.size()) {
        return;
      }
      generator.writeName("by");
      generator.writeStartArray();
      for (Share share : shares) {
        generator.writeStartObject();
        value(depth, share.value());
        counts(share.counts(), parameters.outcomes().ofGroups());
        shares(share.by(), depth + 1);
        generator.writeEndObject();
      }
      generator.writeEndArray();
    }

    private void groups(Groups groups, int depth) {
      if (depth == by.size()) {
        return;
      }
      generator.writeName(depth == 0 ? "values" : "by");
      generator.writeStartArray();
      for (Value value : groups.values()) {
        group(value, depth);
      }
      generator.writeEndArray();
      generator.writeNumberProperty("other", groups.other());
      generator.writeNumberProperty("missing", groups.missing());
    }

    private void group(Value value, int depth) {
      generator.writeStartObject();
      value(depth, value.value());
      counts(value.counts(), parameters.outcomes().ofGroups());
      time("firstSeen", value.firstSeen());
      time("lastSeen", value.lastSeen());
      Sample sample = value.sample();
      if (sample != null) {
        sample(sample, value.sources());
      }
      groups(value.by(), depth + 1);
      generator.writeEndObject();
    }

    private void sample(Sample sample, List<String> sources) {
      generator.writeName("sources");
      generator.writeStartArray();
      sources.forEach(generator::writeString);
      generator.writeEndArray();
      if (sample.exception() != null) {
        generator.writeStringProperty("exception", sample.exception());
      }
      generator.writeName("sample");
      EventJson.write(generator, sample.event(), response.personal());
    }

    private void value(int depth, String stored) {
      generator.writeStringProperty("value", shown(by.get(depth), stored));
    }

    /** Returns the value as events have it in requests and answers. */
    private static String shown(Dimension field, String stored) {
      return field.name().equals(StatsParameters.OUTCOME)
          ? OUTCOMES.getOrDefault(stored, stored)
          : stored;
    }

    private void counts(Counts counts, boolean outcomes) {
      generator.writeNumberProperty("count", counts.count());
      failed(counts, outcomes);
    }

    private void failed(Counts counts, boolean outcomes) {
      if (outcomes) {
        generator.writeNumberProperty("failed", counts.failed());
      }
    }

    private void time(String name, @Nullable Instant time) {
      if (time != null) {
        generator.writeStringProperty(name, StoredInstants.format(time));
      }
    }

    private void reconciliations(Reconciliations found) {
      generator.writeName("reconcile");
      generator.writeStartObject();
      sum("recordsProcessed", found.recordsProcessed());
      sum("discrepanciesFound", found.discrepanciesFound());
      generator.writeName("timeTakenSeconds");
      Distribution seconds = found.timeTakenSeconds();
      generator.writeStartObject();
      generator.writeNumberProperty("sum", seconds.sum());
      generator.writeNumberProperty("p50", seconds.p50());
      generator.writeNumberProperty("p95", seconds.p95());
      generator.writeNumberProperty("p99", seconds.p99());
      generator.writeNumberProperty("max", seconds.max());
      generator.writeEndObject();
      generator.writeEndObject();
    }

    private void sum(String name, double sum) {
      generator.writeName(name);
      generator.writeStartObject();
      generator.writeNumberProperty("sum", new BigDecimal(sum).toBigInteger());
      generator.writeEndObject();
    }
  }
}
