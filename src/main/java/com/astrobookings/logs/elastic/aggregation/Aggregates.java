package com.astrobookings.logs.elastic.aggregation;

import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.stats.EventStats;
import com.astrobookings.logs.store.stats.EventStats.Counts;
import com.astrobookings.logs.store.stats.EventStats.Groups;
import com.astrobookings.logs.store.stats.EventStats.Reconciliations;
import com.astrobookings.logs.store.stats.EventStats.Sample;
import com.astrobookings.logs.store.stats.EventStats.Value;
import com.astrobookings.logs.store.stats.Interval;
import com.astrobookings.logs.store.stats.StatsRequest;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates over all documents of a search, or over those with one value of a field. What was
 * not asked for is empty, null or zero.
 */
public final class Aggregates {

  final String value;
  long count;
  double failed;
  Timeline timeline = new Timeline();
  final List<Aggregates> values = new ArrayList<>();
  long other;
  long errorBound;

  /** Those over the documents without a value; null if not asked for. */
  @Nullable Aggregates missing;

  @Nullable Instant first;
  @Nullable Instant last;
  @Nullable Sample sample;
  final List<String> sources = new ArrayList<>();
  @Nullable Reconciliations reconciliations;

  /** Creates aggregates over no documents. */
  public Aggregates() {
    this("");
  }

  /**
   * Creates aggregates that are zero.
   *
   * @param value the value; empty for those over all documents
   */
  Aggregates(String value) {
    this.value = value;
  }

  /**
   * Reads the answer to a search with {@link StatsAggregations}.
   *
   * @throws com.astrobookings.logs.store.StoreUnavailableException if shards failed or did not
   *     finish in time
   */
  public static Aggregates read(InputStream answer) {
    return AggregatesParser.read(answer);
  }

  /** Returns the first timestamp, in milliseconds; null if there is none or was not asked for. */
  public @Nullable Instant first() {
    return first;
  }

  /** Returns the last timestamp, in milliseconds; null if there is none or was not asked for. */
  public @Nullable Instant last() {
    return last;
  }

  /** Whether counts of values may be too small, or a value may be missing. */
  public boolean isApproximate() {
    return errorBound > 0 || values.stream().anyMatch(Aggregates::isApproximate);
  }

  /** Whether these have all values of the field that was counted by. */
  public boolean haveAllValues() {
    return other == 0 && errorBound == 0;
  }

  /**
   * Adds up the units of time of all values and of the documents without one.
   *
   * @return these aggregates, now with the units of time of all documents
   */
  public Aggregates withTimeOfValues() {
    if (missing != null) {
      timeline = missing.timeline;
      values.forEach(value -> timeline = timeline.plus(value.timeline));
    }
    return this;
  }

  /**
   * Returns the statistics that these are the aggregates of.
   *
   * @throws com.astrobookings.logs.store.stats.TooManyBucketsException if they span too many units
   *     of time
   */
  public EventStats stats(EventQuery query, StatsRequest request, @Nullable Interval interval) {
    return new EventStats(
        counts(),
        interval,
        interval == null ? List.of() : new Timelines(interval, request.zone(), query).buckets(this),
        groups(this, request.by().size()),
        reconciliations);
  }

  private static Groups groups(Aggregates parent, int fields) {
    if (fields == 0) {
      return Groups.NONE;
    }
    List<Value> values =
        parent.values.stream().map(value -> value(value, groups(value, fields - 1))).toList();
    long errorBound =
        values.stream().mapToLong(value -> value.by().errorBound()).reduce(0, Math::max);
    return new Groups(
        values,
        parent.other,
        parent.count - parent.withValue(),
        Math.max(errorBound, parent.errorBound));
  }

  private static Value value(Aggregates found, Groups by) {
    return new Value(
        found.value, found.counts(), found.first, found.last, by, found.sample, found.sources);
  }

  /** Returns the values with the timestamps and samples of these aggregates. */
  public List<Value> withEnds(List<Value> values) {
    Map<String, Aggregates> byValue = new HashMap<>();
    this.values.forEach(each -> byValue.put(each.value, each));
    List<Value> exact = new ArrayList<>(values.size());
    for (Value value : values) {
      Aggregates ends = byValue.get(value.value());
      exact.add(
          ends == null || ends.first == null || ends.last == null
              ? value
              : new Value(
                  value.value(),
                  value.counts(),
                  ends.first,
                  ends.last,
                  value.by(),
                  ends.sample,
                  value.sources()));
    }
    return exact;
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

    /** Returns the sums of both, unit by unit. */
    Timeline plus(Timeline other) {
      Timeline sum = new Timeline();
      for (int i = 0, j = 0; i < size || j < other.size; ) {
        long key =
            i == size || (j < other.size && other.keys[j] < keys[i]) ? other.keys[j] : keys[i];
        Counts unit = Counts.NONE;
        if (i < size && keys[i] == key) {
          unit = counts(i++);
        }
        if (j < other.size && other.keys[j] == key) {
          unit = unit.plus(other.counts(j++));
        }
        sum.add(key, unit);
      }
      return sum;
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
