package com.astrobookings.logs.elastic.aggregation;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.CalendarInterval;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeAggregationSource;
import co.elastic.clients.elasticsearch._types.aggregations.TermsAggregationCollectMode;
import co.elastic.clients.util.NamedValue;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.stats.Interval;
import com.astrobookings.logs.store.stats.StatsRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds the aggregations of a request for statistics.
 *
 * <p>A date histogram has the units of time that have events; empty ones are added to its answer.
 * Aggregations see timestamps in milliseconds. The exact first and last timestamp of a value is
 * that of its first and last hit, which are searched for once more, in the milliseconds that are
 * known by then.
 */
public final class StatsAggregations {

  /** The counts of one page of all values. */
  public static final int PAGE_SIZE = 5_000;

  static final String FAILED = "failed";
  static final String TIME = "time";
  static final String BY = "by";
  static final String MISSING = "missing";
  static final String FIRST = "first";
  static final String LAST = "last";
  static final String SOURCES = "sources";
  static final String RECORDS = "records";
  static final String DISCREPANCIES = "discrepancies";
  static final String SECONDS = "seconds";
  static final String PERCENTILES = "percentiles";

  private static final String TIMESTAMP = "@timestamp";
  private static final String ID = "event.id";
  private static final String GROUPING_KEY = "error.grouping_key";
  private static final String EXCEPTION = "error.type";
  private static final int MAX_SOURCES = 10;

  private static final Set<String> FIELDS_WITH_FEW_VALUES = Set.of("event.code", "event.outcome");

  /** With more values from each shard, counts are exact more often. */
  private static final int MIN_SHARD_SIZE = 200;

  /** The shortest one, because keys are numbers as well. */
  private static final String KEY_FORMAT = "epoch_second";

  private final EventQuery query;
  private final StatsRequest request;

  /** Creates a builder. */
  public StatsAggregations(EventQuery query, StatsRequest request) {
    this.query = query;
    this.request = request;
  }

  /** Returns those for the first and the last timestamp of all that matches. */
  public Map<String, Aggregation> period() {
    return seen();
  }

  /**
   * Returns those for all counts.
   *
   * @param interval the units of time; null if not asked for
   * @param ranking the most frequent values, if they are known; null to find them
   */
  public Map<String, Aggregation> counts(@Nullable Interval interval, @Nullable Ranking ranking) {
    return withReconciliations(level(0, interval, ranking));
  }

  /**
   * Returns those for all counts of a field with few values: the units of time of all documents are
   * the sums of those of its values and of the documents without one, and not counted once more.
   * That holds only if the answer has all values.
   */
  public Map<String, Aggregation> countsOfValues(Interval interval) {
    Map<String, Aggregation> all = new HashMap<>(level(0, interval, null));
    Aggregation time = all.remove(TIME);
    String path = request.by().getFirst().path();
    all.put(
        MISSING,
        Aggregation.of(a -> a.missing(m -> m.field(path)).aggregations(Map.of(TIME, time))));
    return withReconciliations(all);
  }

  /** Whether {@link #countsOfValues} is likely to have all values. */
  public boolean hasFewValues() {
    return !request.by().isEmpty()
        && FIELDS_WITH_FEW_VALUES.contains(request.by().getFirst().path())
        && request.size() >= EventType.values().length;
  }

  private Map<String, Aggregation> withReconciliations(Map<String, Aggregation> counts) {
    Map<String, Aggregation> all = new HashMap<>(counts);
    if (query.types().isEmpty() || query.types().contains(EventType.RECONCILE)) {
      all.put(RECORDS, sum("reconcile.records_processed"));
      all.put(DISCREPANCIES, sum("reconcile.discrepancies_found"));
      all.put(SECONDS, Aggregation.of(a -> a.stats(s -> s.field("reconcile.duration_seconds"))));
      all.put(
          PERCENTILES,
          Aggregation.of(a ->
              a.percentiles(
                  p -> p.field("reconcile.duration_seconds").percents(50.0, 95.0, 99.0))));
    }
    return all;
  }

  /** Returns those for the oldest and the newest event of each of so many values. */
  public Map<String, Aggregation> ends(int values) {
    String path = request.by().getFirst().path();
    Aggregation by =
        Aggregation.of(a -> a.terms(t -> t.field(path).size(values)).aggregations(ends()));
    return Map.of(BY, by);
  }

  private Map<String, Aggregation> ends() {
    return Map.of(FIRST, top(SortOrder.Asc, false), LAST, top(SortOrder.Desc, isError()));
  }

  /**
   * Returns that for one page of the counts of all values.
   *
   * @param after the last count of the page before; null for the first page
   */
  public Map<String, Aggregation> page(CompositePage.@Nullable Entry after) {
    List<NamedValue<CompositeAggregationSource>> sources = new ArrayList<>();
    Map<String, FieldValue> from = new HashMap<>();
    for (int i = 0; i < request.by().size(); i++) {
      String name = Integer.toString(i);
      String path = request.by().get(i).path();
      boolean second = i > 0;
      sources.add(
          NamedValue.of(
              name,
              CompositeAggregationSource.of(
                  c -> c.terms(t -> t.field(path).missingBucket(second)))));
      if (after != null) {
        String value = second ? after.second() : after.first();
        from.put(name, value == null ? FieldValue.NULL : FieldValue.of(value));
      }
    }
    return Map.of(
        BY,
        Aggregation.of(a ->
            a.composite(c -> {
              c.sources(sources).size(PAGE_SIZE);
              return from.isEmpty() ? c : c.after(from);
            })));
  }

  private boolean isError() {
    return request.by().getFirst().path().equals(GROUPING_KEY);
  }

  /** Returns the aggregations within the values of so many fields. */
  private Map<String, Aggregation> level(
      int depth, @Nullable Interval interval, @Nullable Ranking ranking) {
    Map<String, Aggregation> level = new HashMap<>(Map.of(FAILED, sum("event.failed")));
    if (interval != null) {
      level.put(TIME, histogram(interval));
    }
    if (depth == 1) {
      level.putAll(seen());
      if (isError()) {
        level.put(
            SOURCES, Aggregation.of(a -> a.terms(t -> t.field("service.name").size(MAX_SOURCES))));
      }
    }
    if (depth < request.by().size()) {
      String path = request.by().get(depth).path();
      Map<String, Aggregation> each = level(depth + 1, interval, ranking);
      level.put(
          BY,
          ranking == null
              ? mostFrequent(path, each)
              : known(path, depth == 0 ? ranking.first() : ranking.second(), each));
    }
    return level;
  }

  private static Aggregation known(
      String path, Collection<String> values, Map<String, Aggregation> each) {
    return Aggregation.of(a ->
        a.terms(t ->
                t.field(path)
                    .include(i -> i.terms(List.copyOf(values)))
                    .size(Math.max(1, values.size()))
                    .shardSize(Math.max(1, values.size())))
            .aggregations(each));
  }

  private Aggregation mostFrequent(String path, Map<String, Aggregation> each) {
    return Aggregation.of(a ->
        a.terms(t ->
                t.field(path)
                    .size(request.size())
                    .shardSize(Math.max(MIN_SHARD_SIZE, 2 * request.size()))
                    .collectMode(TermsAggregationCollectMode.BreadthFirst))
            .aggregations(each));
  }

  private Aggregation histogram(Interval interval) {
    return Aggregation.of(a ->
        a.dateHistogram(
                h -> {
                  h.field(TIMESTAMP)
                      .format(KEY_FORMAT)
                      .timeZone(request.zone().getId())
                      .minDocCount(1);
                  return interval.isCalendarUnit()
                      ? h.calendarInterval(calendarUnit(interval))
                      : h.fixedInterval(time -> time.time(interval.text()));
                })
            .aggregations(Map.of(FAILED, sum("event.failed"))));
  }

  private static CalendarInterval calendarUnit(Interval interval) {
    return Arrays.stream(CalendarInterval.values())
        .filter(unit -> List.of(unit.aliases()).contains(interval.text()))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Aggregation> seen() {
    return Map.of(
        FIRST, Aggregation.of(a -> a.min(m -> m.field(TIMESTAMP))),
        LAST, Aggregation.of(a -> a.max(m -> m.field(TIMESTAMP))));
  }

  private static Aggregation sum(String field) {
    return Aggregation.of(a -> a.sum(s -> s.field(field)));
  }

  private static Aggregation top(SortOrder order, boolean whole) {
    return Aggregation.of(a ->
        a.topHits(t -> {
          t.size(1)
              .sort(s -> s.field(f -> f.field(TIMESTAMP).order(order)))
              .sort(s -> s.field(f -> f.field(ID).order(order)));
          return whole
              ? t.source(f -> f.filter(e -> e.excludes("error.stack_trace")))
                  .docvalueFields(f -> f.field(EXCEPTION))
              : t.source(f -> f.fetch(false));
        }));
  }
}
