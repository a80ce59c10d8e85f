package com.astrobookings.logs.elastic.aggregation;

import com.astrobookings.logs.elastic.aggregation.Aggregates.Timeline;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.stats.EventStats.Bucket;
import com.astrobookings.logs.store.stats.EventStats.Counts;
import com.astrobookings.logs.store.stats.EventStats.Share;
import com.astrobookings.logs.store.stats.Interval;
import com.astrobookings.logs.store.stats.TooManyBucketsException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds empty units of time, and puts the values of fields into the units they occur in. Pure. */
final class Timelines {

  private final Interval interval;
  private final ZoneId zone;
  private final @Nullable Instant from;
  private final @Nullable Instant to;

  Timelines(Interval interval, ZoneId zone, EventQuery query) {
    this.interval = interval;
    this.zone = zone;
    this.from = query.from();
    this.to = query.to();
  }

  /**
   * Returns the units of time from the lower bound of the query to the upper one; where there is no
   * bound, from the first unit with an event, or to the last one.
   *
   * @throws TooManyBucketsException if there are more than {@link Interval#MAX_BUCKETS}
   */
  List<Bucket> buckets(Aggregates all) {
    Timeline found = all.timeline;
    if (found.size() == 0 && (from == null || to == null)) {
      return List.of();
    }
    Instant first = from == null ? found.start(0) : from;
    Instant last = to == null ? found.start(found.size() - 1) : to;
    Instant[] starts = starts(first, last.isBefore(first) ? first : last);
    Counts[] counts = spread(found, starts);
    List<List<Share>> shares = shares(all, starts);
    List<Bucket> buckets = new ArrayList<>(starts.length);
    for (int i = 0; i < starts.length; i++) {
      Instant end =
          (i + 1 < starts.length ? starts[i + 1] : interval.next(starts[i], zone)).minusNanos(1);
      buckets.add(
          new Bucket(
              from != null && from.isAfter(starts[i]) ? from : starts[i],
              to != null && to.isBefore(end) ? to : end,
              counts[i],
              shares.get(i)));
    }
    return buckets;
  }

  private Instant[] starts(Instant first, Instant last) {
    List<Instant> starts = new ArrayList<>();
    for (Instant at = interval.start(first, zone); !at.isAfter(last); ) {
      starts.add(at);
      if (starts.size() > Interval.MAX_BUCKETS) {
        throw TooManyBucketsException.overTime(
            Interval.shortest(first, last, zone, Interval.MAX_BUCKETS));
      }
      at = interval.next(at, zone);
    }
    return starts.toArray(Instant[]::new);
  }

  /** Returns the counts of each unit; each part of {@code found} belongs to one of them. */
  private static Counts[] spread(Timeline found, Instant[] starts) {
    Counts[] counts = new Counts[starts.length];
    Arrays.fill(counts, Counts.NONE);
    for (int i = 0; i < found.size(); i++) {
      int at = unit(starts, found.start(i));
      counts[at] = counts[at].plus(found.counts(i));
    }
    return counts;
  }

  private static int unit(Instant[] starts, Instant start) {
    int at = Arrays.binarySearch(starts, start);
    return at >= 0 ? at : Math.max(0, -at - 2);
  }

  private static List<List<Share>> shares(Aggregates parent, Instant[] starts) {
    List<List<Share>> shares = new ArrayList<>(starts.length);
    for (int i = 0; i < starts.length; i++) {
      shares.add(parent.values.isEmpty() ? List.of() : new ArrayList<>());
    }
    for (Aggregates value : parent.values) {
      Counts[] counts = spread(value.timeline, starts);
      List<List<Share>> within = shares(value, starts);
      for (int i = 0; i < starts.length; i++) {
        if (counts[i].count() > 0) {
          shares.get(i).add(new Share(value.value, counts[i], within.get(i)));
        }
      }
    }
    return shares;
  }
}
