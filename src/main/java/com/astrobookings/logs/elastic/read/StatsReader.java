package com.astrobookings.logs.elastic.read;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.transport.ElasticsearchTransport;
import co.elastic.clients.transport.Endpoint;
import co.elastic.clients.transport.endpoints.BinaryEndpoint;
import co.elastic.clients.transport.endpoints.BinaryResponse;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.elastic.wire.MeteredTransport;
import com.astrobookings.logs.elastic.wire.Requests;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.memory.ReadMemory;
import com.astrobookings.logs.store.stats.EventStats;
import com.astrobookings.logs.store.stats.EventStats.Groups;
import com.astrobookings.logs.store.stats.EventStats.Value;
import com.astrobookings.logs.store.stats.Interval;
import com.astrobookings.logs.store.stats.StatsRequest;
import com.astrobookings.logs.store.stats.StatsRequest.Resolution.Auto;
import com.astrobookings.logs.store.stats.StatsRequest.Resolution.Fixed;
import com.astrobookings.logs.store.stats.StatsRequest.Resolution.None;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the statistics of one query. */
final class StatsReader {

  /** The values that one search for first and last events has room for. */
  private static final int MAX_ENDS = 250;

  private static final Endpoint<SearchRequest, BinaryResponse, ?> SEARCH =
      new BinaryEndpoint<>(
          SearchRequest._ENDPOINT.id(),
          SearchRequest._ENDPOINT::method,
          SearchRequest._ENDPOINT::requestUrl,
          SearchRequest._ENDPOINT::pathParameters,
          SearchRequest._ENDPOINT::queryParameters,
          SearchRequest._ENDPOINT::headers,
          true,
          null);

  private final ElasticsearchTransport transport;
  private final EventQuery query;
  private final StatsRequest request;
  private final Optional<StatsSearch> search;

  /**
   * Creates a reader.
   *
   * @param indices the index expression to search
   * @param memory accounts for what is read
   */
  StatsReader(
      ElasticsearchAsyncClient client,
      SearchRequests requests,
      List<String> indices,
      EventQuery query,
      StatsRequest request,
      ReadMemory.Share memory) {
    this.transport = new MeteredTransport(client._transport(), memory, 0);
    this.query = query;
    this.request = request;
    this.search =
        SearchRequests.filters(query)
            .map(filters -> new StatsSearch(requests, indices, filters, request));
  }

  /** Reads the statistics; fails with whatever the client fails with. */
  Mono<EventStats> read() {
    return search
        .map(search -> interval(search).flatMap(interval -> read(search, interval.orElse(null))))
        .orElseGet(() -> Mono.fromSupplier(() -> stats(new Aggregates(""), fixed())))
        .onErrorMap(
            failure -> isOfTheQuery() && Failures.isQueryRefused(failure),
            failure ->
                new InvalidValueException(
                    "is more than the event store can evaluate; ask for less"));
  }

  /** Whether the caller gave conditions that Elasticsearch may refuse. */
  private boolean isOfTheQuery() {
    return query.text() != null || !query.filters().isEmpty();
  }

  private @Nullable Interval fixed() {
    return request.interval() instanceof Fixed fixed ? fixed.interval() : null;
  }

  private Mono<Optional<Interval>> interval(StatsSearch search) {
    return switch (request.interval()) {
      case None _ -> Mono.just(Optional.empty());
      case Fixed fixed -> Mono.just(Optional.of(fixed.interval()));
      case Auto _ -> send(search.period()).map(this::readable);
    };
  }

  private Optional<Interval> readable(Aggregates found) {
    Instant first = query.from() == null ? found.first : query.from();
    Instant last = query.to() == null ? found.last : query.to();
    return first == null || last == null
        ? Optional.empty()
        : Optional.of(
            Interval.readable(first, last.isBefore(first) ? first : last, request.zone()));
  }

  private Mono<EventStats> read(StatsSearch search, @Nullable Interval interval) {
    return send(search.counts(query, interval))
        .map(found -> stats(found, interval))
        .flatMap(stats -> withEnds(search, stats));
  }

  private Mono<Aggregates> send(SearchRequest request) {
    return Requests.repeatable(() -> transport.performRequestAsync(request, SEARCH, null))
        .map(StatsReader::parse);
  }

  private static Aggregates parse(BinaryResponse response) {
    try (response;
        InputStream body = response.content()) {
      return AggregatesParser.read(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private EventStats stats(Aggregates found, @Nullable Interval interval) {
    return new EventStats(
        found.counts(),
        interval,
        interval == null
            ? List.of()
            : new Timelines(interval, request.zone(), query).buckets(found),
        groups(found, request.by().size()),
        found.reconciliations);
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

  /** Adds the first and the last timestamp of each value, to the nanosecond. */
  private Mono<EventStats> withEnds(StatsSearch search, EventStats stats) {
    if (stats.groups().values().isEmpty()) {
      return Mono.just(stats);
    }
    return Flux.fromIterable(stats.groups().values())
        .buffer(MAX_ENDS)
        .concatMap(values -> send(search.ends(values)).map(found -> ends(values, found)))
        .collectList()
        .map(parts -> with(stats, parts.stream().flatMap(List::stream).toList()));
  }

  private static List<Value> ends(List<Value> values, Aggregates found) {
    Map<String, Aggregates> byValue = new HashMap<>();
    found.values.forEach(each -> byValue.put(each.value, each));
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

  private static EventStats with(EventStats stats, List<Value> values) {
    Groups groups = stats.groups();
    return new EventStats(
        stats.counts(),
        stats.interval(),
        stats.buckets(),
        new Groups(values, groups.other(), groups.missing(), groups.errorBound()),
        stats.reconciliations());
  }
}
