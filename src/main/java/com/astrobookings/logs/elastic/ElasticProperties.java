package com.astrobookings.logs.elastic;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How Elasticsearch is used. Where it is and how to log in there is {@code spring.elasticsearch}.
 *
 * @param shards primary shards of each new monthly index
 * @param connections most connections to one Elasticsearch node, for each of writes, reads, tails
 *     and administration
 * @param searches most searches that Elasticsearch works on at once, of one caller half of them:
 *     each may keep one of its processors busy
 * @param exports most exports at once, of one caller half of them: each needs up to 8 MiB of
 *     memory; by default one for each 64 MiB of the heap, at most 16
 * @param readTimeout how long one read may take before it fails
 * @param readMemory all answers that are being read or sent, together; by default a quarter of the
 *     heap
 * @param tailInterval the pause between two polls for what has become searchable, while there are
 *     tails
 */
@ConfigurationProperties("logs.elasticsearch")
record ElasticProperties(
    @DefaultValue("1") int shards,
    @DefaultValue("32") int connections,
    @DefaultValue("4") int searches,
    @Nullable Integer exports,
    @DefaultValue("30s") Duration readTimeout,
    @Nullable DataSize readMemory,
    @DefaultValue("500ms") Duration tailInterval) {

  private static final DataSize MIN_READ_MEMORY = DataSize.ofMegabytes(43);
  private static final int SHARE_OF_HEAP = 4;
  private static final Duration MIN_TAIL_INTERVAL = Duration.ofMillis(50);
  private static final DataSize HEAP_OF_EXPORT = DataSize.ofMegabytes(64);
  private static final int MAX_EXPORTS = 16;

  ElasticProperties {
    positive(shards, "shards");
    positive(connections, "connections");
    positive(searches, "searches");
    positive(exports == null ? 1 : exports, "exports");
    if (readTimeout.isNegative() || readTimeout.isZero()) {
      throw new IllegalArgumentException("logs.elasticsearch.read-timeout must be positive");
    }
    if (tailInterval.compareTo(MIN_TAIL_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "logs.elasticsearch.tail-interval must be at least %d ms, not %d ms"
              .formatted(MIN_TAIL_INTERVAL.toMillis(), tailInterval.toMillis()));
    }
    if (readMemory != null && readMemory.compareTo(MIN_READ_MEMORY) < 0) {
      throw new IllegalArgumentException(
          "logs.elasticsearch.read-memory must have room for one large answer, %s, not %s"
              .formatted(MIN_READ_MEMORY, readMemory));
    }
  }

  /** Most exports at once. */
  int maxExports() {
    long ofHeap = Runtime.getRuntime().maxMemory() / HEAP_OF_EXPORT.toBytes();
    return exports == null ? Math.clamp(ofHeap, 1, MAX_EXPORTS) : exports;
  }

  /** Bytes of all answers that are on their way. */
  long readMemoryBytes() {
    return readMemory == null
        ? Math.max(MIN_READ_MEMORY.toBytes(), Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP)
        : readMemory.toBytes();
  }

  private static void positive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "logs.elasticsearch." + name + " must be at least 1, not " + value);
    }
  }
}
