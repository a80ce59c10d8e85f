package com.astrobookings.logs.elastic.read;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.CalendarInterval;
import co.elastic.clients.elasticsearch._types.aggregations.TermsAggregationCollectMode;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.stats.Dimension;
import com.astrobookings.logs.store.stats.EventStats.Value;
import com.astrobookings.logs.store.stats.Interval;
import com.astrobookings.logs.store.stats.StatsRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the searches of statistics. Pure.
 *
 * <p>A date histogram has the units of time that have events; empty ones are added to its answer.
 * Aggregations see timestamps in milliseconds, so that the first and the last timestamp of a value
 * are searched for once more, in the milliseconds that are known by then.
 */
final class StatsSearch {

  static final String FAILED = "failed";
  static final String TIME = "time";
  static final String BY = "by";
  static final String FIRST = "first";
  static final String LAST = "last";
  static final String SOURCES = "sources";
  static final String RECORDS = "records";
  static final String DISCREPANCIES = "discrepancies";
  static final String SECONDS = "seconds";
  static final String PERCENTILES = "percentiles";

  static final String GROUPING_KEY = "error.grouping_key";
  static final String EXCEPTION = "error.type";

  private static final int MAX_SOURCES = 10;

  /** With more values from each shard, counts are exact more often. */
  private static final int MIN_SHARD_SIZE = 200;

  private final SearchRequests requests;
  private final List<String> indices;
  private final List<Query> filters;
  private final StatsRequest request;

  /**
   * Creates a builder.
   *
   * @param indices the index expression to search
   * @param filters what matching documents fulfil
   */
  StatsSearch(
      SearchRequests requests, List<String> indices, List<Query> filters, StatsRequest request) {
    this.requests = requests;
    this.indices = indices;
    this.filters = filters;
    this.request = request;
  }

  /** Returns the search for the first and the last timestamp of all that matches. */
  SearchRequest period() {
    return search(filters, seen());
  }

  /**
   * Returns the search for all counts.
   *
   * @param interval the units of time; null if not asked for
   */
  SearchRequest counts(EventQuery query, @Nullable Interval interval) {
    Map<String, Aggregation> all = new HashMap<>(level(0, interval));
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
    return search(filters, all);
  }

  /** Returns the search for the oldest and the newest event of each value. */
  SearchRequest ends(List<Value> values) {
    String path = request.by().getFirst().path();
    List<Query> places = new ArrayList<>();
    for (Value value : values) {
      Query same = Query.of(q -> q.term(t -> t.field(path).value(value.value())));
      for (Instant end : Arrays.asList(value.firstSeen(), value.lastSeen())) {
        if (end != null) {
          places.add(both(same, within(end)));
        }
      }
    }
    List<Query> all = new ArrayList<>(filters);
    all.add(Query.of(q -> q.bool(b -> b.should(places).minimumShouldMatch("1"))));
    Aggregation by =
        Aggregation.of(a ->
            a.terms(t -> t.field(path).size(values.size()))
                .aggregations(
                    Map.of(
                        FIRST, top(SortOrder.Asc, false), LAST, top(SortOrder.Desc, isError()))));
    return search(all, Map.of(BY, by));
  }

  private boolean isError() {
    return request.by().getFirst().path().equals(GROUPING_KEY);
  }

  private static Query within(Instant millisecond) {
    return SearchRequests.between(
        millisecond.truncatedTo(ChronoUnit.MILLIS),
        millisecond.truncatedTo(ChronoUnit.MILLIS).plusNanos(999_999));
  }

  private static Query both(Query one, Query other) {
    return Query.of(q -> q.bool(b -> b.filter(one, other)));
  }

  private SearchRequest search(List<Query> filters, Map<String, Aggregation> aggregations) {
    return SearchRequest.of(s ->
        requests
            .on(indices, filters, s)
            .size(0)
            .trackTotalHits(t -> t.enabled(true))
            .aggregations(aggregations));
  }

  /** Returns the aggregations within the values of so many fields. */
  private Map<String, Aggregation> level(int depth, @Nullable Interval interval) {
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
      level.put(BY, values(request.by().get(depth), level(depth + 1, interval)));
    }
    return level;
  }

  private Aggregation values(Dimension field, Map<String, Aggregation> each) {
    return Aggregation.of(a ->
        a.terms(t ->
                t.field(field.path())
                    .size(request.size())
                    .shardSize(Math.max(MIN_SHARD_SIZE, 2 * request.size()))
                    .collectMode(TermsAggregationCollectMode.BreadthFirst))
            .aggregations(each));
  }

  private Aggregation histogram(Interval interval) {
    return Aggregation.of(a ->
        a.dateHistogram(
                h -> {
                  h.field(SearchRequests.TIMESTAMP).timeZone(request.zone().getId()).minDocCount(1);
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
        FIRST, Aggregation.of(a -> a.min(m -> m.field(SearchRequests.TIMESTAMP))),
        LAST, Aggregation.of(a -> a.max(m -> m.field(SearchRequests.TIMESTAMP))));
  }

  private static Aggregation sum(String field) {
    return Aggregation.of(a -> a.sum(s -> s.field(field)));
  }

  private static Aggregation top(SortOrder order, boolean whole) {
    return Aggregation.of(a ->
        a.topHits(t -> {
          t.size(1)
              .sort(s -> s.field(f -> f.field(SearchRequests.TIMESTAMP).order(order)))
              .sort(s -> s.field(f -> f.field(SearchRequests.ID).order(order)));
          return whole
              ? t.source(f -> f.filter(e -> e.excludes("error.stack_trace")))
                  .docvalueFields(f -> f.field(EXCEPTION))
              : t.source(f -> f.fetch(false));
        }));
  }
}
