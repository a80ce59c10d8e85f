package com.astrobookings.logs.elastic.read;

import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.search.PointInTimeReference;
import co.elastic.clients.elasticsearch.core.search.TrackHits;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.value.StoredInstants;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import com.astrobookings.logs.store.SearchAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds search requests. Pure. */
final class SearchRequests {

  static final String TIMESTAMP = "@timestamp";
  static final String ID = "event.id";
  static final String TYPE = "event.code";

  /** Up to this number a bounded total is exact. */
  static final int MAX_COUNTED = 10_000;

  private static final long NANOSECONDS = 1_000_000_000;

  private final Duration timeout;

  /**
   * Creates a builder.
   *
   * @param timeout the time-out of the search on each shard
   */
  SearchRequests(Duration timeout) {
    this.timeout = timeout;
  }

  /**
   * Returns the request for one page and one event more; empty if no event can match.
   *
   * @param indices the index expression to search
   */
  Optional<SearchRequest> page(EventQuery query, PageRequest page, List<String> indices) {
    return filters(query, page).map(filters -> page(query, page, indices, filters));
  }

  private SearchRequest page(
      EventQuery query, PageRequest page, List<String> indices, List<Query> filters) {
    return SearchRequest.of(s -> {
      on(indices, filters, s)
          .preference(page.preference())
          .sort(sort(query.order()))
          .size(page.limit() + 1)
          .trackTotalHits(total(page.total()));
      SearchAfter after = page.after();
      return after == null ? s : s.searchAfter(values(after));
    });
  }

  /** Sets what all searches have in common: where, the time-out, and that all shards answer. */
  SearchRequest.Builder on(
      List<String> indices, List<Query> filters, SearchRequest.Builder search) {
    return search
        .index(indices)
        // A closed month must fail the search: left out, its events would be missing.
        .expandWildcards(ExpandWildcard.Open, ExpandWildcard.Closed)
        .allowNoIndices(true)
        .allowPartialSearchResults(false)
        .timeout(timeout.toMillis() + "ms")
        .query(q -> q.bool(b -> b.filter(filters)));
  }

  /** Does the same for searches of what was there at one moment. */
  SearchRequest.Builder on(
      PointInTimeReference point, List<Query> filters, SearchRequest.Builder search) {
    return search
        .pit(point)
        .timeout(timeout.toMillis() + "ms")
        .query(q -> q.bool(b -> b.filter(filters)));
  }

  /** Returns what matching documents fulfil; empty if no event can match. */
  static Optional<List<Query>> filters(EventQuery query) {
    return filters(query, query.from(), query.to());
  }

  /**
   * Returns the request for one page of an export; empty if no event can match.
   *
   * @param after the last event of the page before; null for the first page, which counts all
   * @param size the number of events
   * @param point what to search, instead of indices
   */
  Optional<SearchRequest> exported(
      EventQuery query, @Nullable SearchAfter after, int size, PointInTimeReference point) {
    TotalMode total = after == null ? TotalMode.EXACT : TotalMode.NONE;
    PageRequest page = new PageRequest(1, after, "", total);
    return filters(query, page)
        .map(filters ->
            SearchRequest.of(s -> {
              s.pit(point)
                  .timeout(timeout.toMillis() + "ms")
                  .query(q -> q.bool(b -> b.filter(filters)))
                  .sort(sort(query.order()))
                  .size(size)
                  .trackTotalHits(total(total));
              return after == null ? s : s.searchAfter(values(after));
            }));
  }

  private static Optional<List<Query>> filters(EventQuery query, PageRequest page) {
    Instant from = query.from();
    Instant to = query.to();
    if (page.after() != null && page.total() == TotalMode.NONE) {
      // Events before the page need not be searched where they are not counted.
      Instant after = page.after().timestamp();
      switch (query.order()) {
        case ASC -> from = from == null || after.isAfter(from) ? after : from;
        case DESC -> to = to == null || after.isBefore(to) ? after : to;
      }
    }
    return filters(query, from, to);
  }

  private static Optional<List<Query>> filters(
      EventQuery query, @Nullable Instant lower, @Nullable Instant upper) {
    Instant from = lower == null ? StoredInstants.EARLIEST : lower;
    Instant to = upper == null ? StoredInstants.LATEST : upper;
    if (from.isAfter(StoredInstants.LATEST) || to.isBefore(StoredInstants.EARLIEST)) {
      return Optional.empty();
    }
    List<Query> filters = new ArrayList<>();
    if (from.isAfter(StoredInstants.EARLIEST) || to.isBefore(StoredInstants.LATEST)) {
      filters.add(between(from, to));
    }
    if (!query.types().isEmpty()) {
      filters.add(oneOf(TYPE, query.types().stream().map(EventType::name).sorted()));
    }
    query.filters().forEach(f -> filters.add(oneOf(f.path(), f.values().stream())));
    if (query.text() != null) {
      filters.add(KqlTranslator.translate(query.text().root()));
    }
    return Optional.of(filters);
  }

  static Query between(Instant from, Instant to) {
    return Query.of(q ->
        q.range(r ->
            r.date(d -> {
              d.field(TIMESTAMP);
              if (from.isAfter(StoredInstants.EARLIEST)) {
                d.gte(StoredInstants.exactly(from));
              }
              return to.isBefore(StoredInstants.LATEST) ? d.lte(StoredInstants.exactly(to)) : d;
            })));
  }

  static Query oneOf(String field, Stream<String> values) {
    List<FieldValue> wanted = values.map(FieldValue::of).toList();
    return Query.of(q -> q.terms(t -> t.field(field).terms(v -> v.value(wanted))));
  }

  private static List<SortOptions> sort(EventQuery.Order order) {
    SortOrder direction =
        switch (order) {
          case ASC -> SortOrder.Asc;
          case DESC -> SortOrder.Desc;
        };
    return List.of(
        SortOptions.of(s -> s.field(f -> f.field(TIMESTAMP).order(direction))),
        SortOptions.of(s -> s.field(f -> f.field(ID).order(direction))));
  }

  private static TrackHits total(TotalMode mode) {
    return switch (mode) {
      case BOUNDED -> TrackHits.of(t -> t.count(MAX_COUNTED));
      case EXACT -> TrackHits.of(t -> t.enabled(true));
      case NONE -> TrackHits.of(t -> t.enabled(false));
    };
  }

  private static List<FieldValue> values(SearchAfter position) {
    return List.of(FieldValue.of(nanoseconds(position.timestamp())), FieldValue.of(position.id()));
  }

  private static long nanoseconds(Instant timestamp) {
    if (timestamp.isBefore(StoredInstants.EARLIEST)) {
      return -1;
    }
    return timestamp.isAfter(StoredInstants.LATEST)
        ? Long.MAX_VALUE
        : timestamp.getEpochSecond() * NANOSECONDS + timestamp.getNano();
  }
}
