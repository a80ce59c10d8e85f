package com.astrobookings.logs.elastic.read;

import com.astrobookings.logs.store.stats.EventStats.Counts;
import com.astrobookings.logs.store.stats.EventStats.Reconciliations;
import com.astrobookings.logs.store.stats.EventStats.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates over all documents of a search, or over those with one value of a field. What was
 * not asked for is empty, null or zero.
 */
final class Aggregates {

  final String value;
  long count;
  double failed;
  final Timeline timeline = new Timeline();
  final List<Aggregates> values = new ArrayList<>();
  long other;
  long errorBound;
  @Nullable Instant first;
  @Nullable Instant last;
  @Nullable Sample sample;
  final List<String> sources = new ArrayList<>();
  @Nullable Reconciliations reconciliations;

  /**
   * Creates aggregates that are zero.
   *
   * @param value the value; empty for those over all documents
   */
  Aggregates(String value) {
    this.value = value;
  }

  Counts counts() {
    return new Counts(count, Math.round(failed));
  }

  /** Returns the number of documents that have a value, shown or not. */
  long withValue() {
    return other + values.stream().mapToLong(each -> each.count).sum();
  }

  /** The units of time that have documents, oldest first. */
  static final class Timeline {

    private long[] keys = new long[0];
    private long[] counts = keys;
    private long[] failed = keys;
    private int size;

    /** Adds a unit that begins at {@code key}, in milliseconds since 1970. */
    void add(long key, Counts unit) {
      if (size == keys.length) {
        int larger = Math.max(16, 2 * size);
        keys = Arrays.copyOf(keys, larger);
        counts = Arrays.copyOf(counts, larger);
        failed = Arrays.copyOf(failed, larger);
      }
      keys[size] = key;
      counts[size] = unit.count();
      failed[size++] = unit.failed();
    }

    int size() {
      return size;
    }

    Instant start(int index) {
      return Instant.ofEpochMilli(keys[index]);
    }

    Counts counts(int index) {
      return new Counts(counts[index], failed[index]);
    }
  }
}
