package com.astrobookings.logs.elastic.read;

import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.mapping.RuntimeFieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.search.PointInTimeReference;
import com.astrobookings.logs.elastic.aggregation.CompositePage;
import com.astrobookings.logs.elastic.aggregation.Ranking;
import com.astrobookings.logs.elastic.aggregation.StatsAggregations;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.stats.Dimension;
import com.astrobookings.logs.store.stats.EventStats.Value;
import com.astrobookings.logs.store.stats.Interval;
import com.astrobookings.logs.store.stats.StatsRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the searches of statistics. Pure. */
final class StatsSearch {

  private static final String LABELS = "labels.";

  private final SearchRequests requests;
  private final List<String> indices;
  private final List<Query> filters;
  private final StatsRequest request;
  private final StatsAggregations aggregations;

  /**
   * Creates a builder.
   *
   * @param indices the index expression to search
   * @param filters what matching documents fulfil
   */
  StatsSearch(
      SearchRequests requests,
      List<String> indices,
      List<Query> filters,
      EventQuery query,
      StatsRequest request) {
    this.requests = requests;
    this.indices = indices;
    this.filters = filters;
    this.request = request;
    this.aggregations = new StatsAggregations(query, request);
  }

  /** Returns the search for the first and the last timestamp of all that matches. */
  SearchRequest period() {
    return search(filters, aggregations.period());
  }

  /**
   * Returns the search for all counts.
   *
   * @param interval the units of time; null if not asked for
   */
  SearchRequest counts(@Nullable Interval interval) {
    return search(filters, aggregations.counts(interval, null));
  }

  /** Returns the search for all counts of a field with few values. */
  SearchRequest countsOfValues(Interval interval) {
    return search(filters, aggregations.countsOfValues(interval));
  }

  /** Whether {@link #countsOfValues} is likely to have all values. */
  boolean hasFewValues() {
    return aggregations.hasFewValues();
  }

  /**
   * Returns the search for all counts of values that are known to be the most frequent ones.
   *
   * @param point what to search, instead of indices
   */
  SearchRequest counts(@Nullable Interval interval, PointInTimeReference point, Ranking ranking) {
    return SearchRequest.of(s ->
        requests
            .on(point, filters, s)
            .size(0)
            .trackTotalHits(t -> t.enabled(true))
            .aggregations(aggregations.counts(interval, ranking)));
  }

  /**
   * Returns the search for one page of the counts of all values. Composite aggregations do not tell
   * the keys of a flattened field apart, so that labels are read from the documents instead.
   *
   * @param after the last count of the page before; null for the first page
   */
  SearchRequest page(PointInTimeReference point, CompositePage.@Nullable Entry after) {
    return SearchRequest.of(s -> {
      requests.on(point, filters, s).size(0).trackTotalHits(t -> t.enabled(false));
      request.by().stream()
          .map(Dimension::path)
          .filter(path -> path.startsWith(LABELS))
          .forEach(path -> s.runtimeMappings(path, r -> r.type(RuntimeFieldType.Keyword)));
      return s.aggregations(aggregations.page(after));
    });
  }

  /** Returns the search for the oldest and the newest event of each value. */
  SearchRequest ends(List<Value> values) {
    String path = request.by().getFirst().path();
    List<Query> places = new ArrayList<>();
    for (Value value : values) {
      Query same = Query.of(q -> q.term(t -> t.field(path).value(value.value())));
      for (Instant end : Arrays.asList(value.firstSeen(), value.lastSeen())) {
        if (end != null) {
          places.add(Query.of(q -> q.bool(b -> b.filter(same, within(end)))));
        }
      }
    }
    List<Query> all = new ArrayList<>(filters);
    all.add(Query.of(q -> q.bool(b -> b.should(places).minimumShouldMatch("1"))));
    return search(all, aggregations.ends(values.size()));
  }

  private static Query within(Instant millisecond) {
    return SearchRequests.between(
        millisecond.truncatedTo(ChronoUnit.MILLIS),
        millisecond.truncatedTo(ChronoUnit.MILLIS).plusNanos(999_999));
  }

  private SearchRequest search(List<Query> filters, Map<String, Aggregation> asked) {
    return SearchRequest.of(s ->
        requests
            .on(indices, filters, s)
            .size(0)
            .trackTotalHits(t -> t.enabled(true))
            .aggregations(asked));
  }
}
