package com.astrobookings.logs.elastic.read;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.transport.ElasticsearchTransport;
import co.elastic.clients.transport.Endpoint;
import co.elastic.clients.transport.endpoints.BinaryEndpoint;
import co.elastic.clients.transport.endpoints.BinaryResponse;
import com.astrobookings.logs.elastic.aggregation.Aggregates;
import com.astrobookings.logs.elastic.aggregation.CompositePage;
import com.astrobookings.logs.elastic.aggregation.CompositePage.Entry;
import com.astrobookings.logs.elastic.aggregation.Ranking;
import com.astrobookings.logs.elastic.aggregation.StatsAggregations;
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
import com.astrobookings.logs.store.stats.TooManyBucketsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
          StatsReader::parameters,
          SearchRequest._ENDPOINT::headers,
          true,
          null);

  private final ElasticsearchAsyncClient client;
  private final List<String> indices;
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
    this.client = client;
    this.indices = indices;
    this.transport = new MeteredTransport(client._transport(), memory, 0);
    this.query = query;
    this.request = request;
    this.search =
        SearchRequests.filters(query)
            .map(filters -> new StatsSearch(requests, indices, filters, query, request));
  }

  /** Reads the statistics; fails with whatever the client fails with. */
  Mono<EventStats> read() {
    return search
        .map(search -> interval(search).flatMap(interval -> read(search, interval.orElse(null))))
        .orElseGet(() -> Mono.fromSupplier(() -> new Aggregates().stats(query, request, fixed())))
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
    Instant first = query.from() == null ? found.first() : query.from();
    Instant last = query.to() == null ? found.last() : query.to();
    return first == null || last == null
        ? Optional.empty()
        : Optional.of(
            Interval.readable(first, last.isBefore(first) ? first : last, request.zone()));
  }

  private Mono<EventStats> read(StatsSearch search, @Nullable Interval interval) {
    return counts(search, interval)
        .flatMap(found ->
            request.exact() && found.isApproximate() ? exact(search, interval) : Mono.just(found))
        .map(found -> found.stats(query, request, interval))
        .flatMap(stats -> withEnds(search, stats))
        .onErrorResume(Failures::isTooManyBuckets, failure -> tooMany(search, interval));
  }

  private Mono<Aggregates> counts(StatsSearch search, @Nullable Interval interval) {
    Mono<Aggregates> all = Mono.defer(() -> send(search.counts(interval)));
    return interval != null && search.hasFewValues()
        ? send(search.countsOfValues(interval))
            .flatMap(found -> found.haveAllValues() ? Mono.just(found.withTimeOfValues()) : all)
        : all;
  }

  /** Counts every value, at one moment, and then what is asked for of the most frequent ones. */
  private Mono<Aggregates> exact(StatsSearch search, @Nullable Interval interval) {
    return Mono.usingWhen(
        PointInTime.open(client, indices),
        point -> {
          Ranking ranking = new Ranking(request.size());
          return rank(search, point, ranking, null)
              .then(Mono.defer(() -> send(search.counts(interval, point.reference(), ranking))))
              .map(ranking::applyTo);
        },
        PointInTime::close);
  }

  private Mono<Void> rank(
      StatsSearch search, PointInTime point, Ranking ranking, @Nullable Entry after) {
    return send(search.page(point.reference(), after), CompositePage::read)
        .flatMap(page -> {
          page.counts().forEach(each -> ranking.add(each.first(), each.second(), each.count()));
          if (page.pointInTime() != null) {
            point.moveTo(page.pointInTime());
          }
          if (page.counts().size() < StatsAggregations.PAGE_SIZE) {
            ranking.complete();
            return Mono.empty();
          }
          return rank(search, point, ranking, page.counts().getLast());
        });
  }

  /** Says why Elasticsearch refused to count so much at once. */
  private Mono<EventStats> tooMany(StatsSearch search, @Nullable Interval interval) {
    return send(search.period())
        .map(found -> {
          Instant first = query.from() == null ? found.first() : query.from();
          Instant last = query.to() == null ? found.last() : query.to();
          int most = Interval.MAX_BUCKETS;
          if (interval != null
              && first != null
              && last != null
              && interval.count(first, last, request.zone(), most) > most) {
            throw TooManyBucketsException.overTime(
                Interval.shortest(first, last, request.zone(), most));
          }
          throw TooManyBucketsException.ofValues();
        });
  }

  private Mono<Aggregates> send(SearchRequest request) {
    return send(request, Aggregates::read);
  }

  /** Without the types of aggregations, which nothing here needs. */
  private static Map<String, String> parameters(SearchRequest request) {
    Map<String, String> parameters =
        new HashMap<>(SearchRequest._ENDPOINT.queryParameters(request));
    parameters.remove("typed_keys");
    return parameters;
  }

  private <T> Mono<T> send(SearchRequest request, Function<InputStream, T> parser) {
    return Requests.repeatable(() -> transport.performRequestAsync(request, SEARCH, null))
        .map(response -> parse(response, parser));
  }

  private static <T> T parse(BinaryResponse response, Function<InputStream, T> parser) {
    try (response;
        InputStream body = response.content()) {
      return parser.apply(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds the first and the last timestamp of each value, to the nanosecond. */
  private Mono<EventStats> withEnds(StatsSearch search, EventStats stats) {
    if (stats.groups().values().isEmpty()) {
      return Mono.just(stats);
    }
    return Flux.fromIterable(stats.groups().values())
        .buffer(MAX_ENDS)
        .concatMap(values -> send(search.ends(values)).map(found -> found.withEnds(values)))
        .collectList()
        .map(parts -> with(stats, parts.stream().flatMap(List::stream).toList()));
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
