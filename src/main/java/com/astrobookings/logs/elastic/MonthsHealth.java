package com.astrobookings.logs.elastic;

import co.elastic.clients.elasticsearch._types.HealthStatus;
import co.elastic.clients.elasticsearch.cluster.health.IndexHealthStats;
import com.astrobookings.logs.elastic.index.MonthIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;

/**
 * What is known about our indices at one moment.
 *
 * @param today the index of this month
 * @param months the state of each index
 * @param blocks what Elasticsearch refuses
 * @param lax why what this month acknowledges may not be on disk; empty if it is
 */
record MonthsHealth(
    MonthIndex today, Map<String, IndexHealthStats> months, Blocks blocks, String lax) {

  /** Out of service only if events of today are refused, for that is what most producers send. */
  Health health() {
    Health.Builder health = isWritable() ? Health.up() : Health.outOfService();
    HealthStatus state = state(today.name());
    health
        .withDetail("index", today.name())
        .withDetail("state", state == null ? "not there yet" : state.jsonValue())
        .withDetail("blocked", blocks.stopWritesTo(today.name()))
        .withDetail("indices", counts());
    if (!lax.isEmpty()) {
      health.withDetail("durability", lax);
    }
    Map<String, List<String>> troubles = troubles();
    return (troubles.isEmpty() ? health : health.withDetail("troubled", troubles)).build();
  }

  private boolean isWritable() {
    return state(today.name()) != HealthStatus.Red
        && !blocks.stopWritesTo(today.name())
        && lax.isEmpty();
  }

  /**
   * The months that refuse writes or reads, this one or others, with the reasons; all indices
   * together go by the name {@code *}.
   */
  Map<String, List<String>> troubles() {
    Map<String, List<String>> troubles = new TreeMap<>();
    months.forEach((index, found) -> {
      if (found.status() == HealthStatus.Red) {
        note(troubles, index, "red: a shard has no node: no write, no read");
      }
    });
    blocks.ofIndex().forEach((index, found) -> note(troubles, index, found));
    note(troubles, "*", blocks.global());
    return troubles;
  }

  private void note(Map<String, List<String>> troubles, String index, List<Blocks.Block> found) {
    if (index.equals("*") || months.containsKey(index)) {
      found.stream()
          .filter(block -> block.stopsWrites() || block.stopsReads())
          .forEach(block -> note(troubles, index, block.toString()));
    }
  }

  private static void note(Map<String, List<String>> troubles, String index, String trouble) {
    troubles.computeIfAbsent(index, name -> new ArrayList<>()).add(trouble);
  }

  private @Nullable HealthStatus state(String index) {
    var found = months.get(index);
    return found == null ? null : found.status();
  }

  private Map<String, Long> counts() {
    return months.values().stream()
        .collect(
            Collectors.groupingBy(
                index -> index.status().jsonValue(), TreeMap::new, Collectors.counting()));
  }
}
