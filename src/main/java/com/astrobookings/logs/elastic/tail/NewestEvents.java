package com.astrobookings.logs.elastic.tail;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.read.QueryFilters;
import com.astrobookings.logs.elastic.read.SearchLimiter;
import com.astrobookings.logs.elastic.wire.Documents;
import com.astrobookings.logs.elastic.wire.Documents.Found;
import com.astrobookings.logs.elastic.wire.Documents.Place;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.elastic.wire.Hits;
import com.astrobookings.logs.elastic.wire.Requests;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.tail.TailChunk;
import com.astrobookings.logs.store.tail.TailPosition;
import com.astrobookings.logs.store.tail.TailPosition.Month;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds the newest events at or before a position. Documents never change, so that the same search
 * always finds the same events.
 */
final class NewestEvents {

  private static final Duration SEARCH_TIMEOUT = Duration.ofSeconds(30);

  /** A read of so many stays small, unless events are large. */
  private static final int BATCH_SIZE = 50;

  /** The total order of events, as the sort values of {@code @timestamp} and {@code event.id}. */
  private static final Comparator<Hit<Void>> NEWEST_FIRST =
      Comparator.comparingLong((Hit<Void> hit) -> hit.sort().getFirst().longValue())
          .thenComparing(hit -> hit.sort().get(1).stringValue())
          .reversed();

  private final ElasticsearchAsyncClient client;
  private final SearchLimiter limiter;

  NewestEvents(ElasticsearchAsyncClient client, SearchLimiter limiter) {
    this.client = client;
    this.limiter = limiter;
  }

  /**
   * Returns where the newest events are that match, in chronological order. Months are searched
   * from the newest on, as many as are needed.
   */
  Mono<List<Place>> find(Selection selection, TailPosition position, int count) {
    List<Query> filters = QueryFilters.of(selection.query()).orElse(List.of());
    if (QueryFilters.of(selection.query()).isEmpty() || position.months().isEmpty()) {
      return Mono.just(List.of());
    }
    if (count == 0) {
      // Finds out that the query cannot be evaluated before the tail begins.
      return explained(month(selection, filters, position.months().getLast(), 0));
    }
    List<Month> months =
        position.months().reversed().stream()
            .filter(month -> canMatch(selection.query(), month))
            .toList();
    List<Place> places = new ArrayList<>();
    return explained(
        Flux.fromIterable(months)
            .concatMap(
                month ->
                    Mono.defer(() ->
                        month(selection, filters, month, count - places.size())
                            .doOnNext(places::addAll)),
                0)
            .takeUntil(found -> places.size() >= count)
            .then(Mono.fromSupplier(() -> List.copyOf(places.reversed()))));
  }

  private static Mono<List<Place>> explained(Mono<List<Place>> found) {
    return found.onErrorMap(
        Failures::isQueryRefused,
        failure ->
            new InvalidValueException("is more than the event store can evaluate; ask for less"));
  }

  private static boolean canMatch(EventQuery query, Month month) {
    MonthIndex index = new MonthIndex(month.month());
    return (query.from() == null || query.from().isBefore(index.end()))
        && (query.to() == null || !query.to().isBefore(index.start()));
  }

  private Mono<List<Place>> month(
      Selection selection, List<Query> filters, Month month, int count) {
    return Flux.fromStream(IntStream.range(0, month.last().size()).boxed())
        .concatMap(
            shard -> limiter.limit(selection.name(), search(month, shard, filters, count)), 0)
        .flatMapIterable(answer -> answer.hits().hits())
        .collectSortedList(NEWEST_FIRST)
        .map(hits -> hits.stream().limit(count).map(NewestEvents::place).toList());
  }

  private static Place place(Hit<Void> hit) {
    return new Place(hit.index(), String.valueOf(hit.id()));
  }

  private Mono<SearchResponse<Void>> search(
      Month month, int shard, List<Query> filters, int count) {
    Query before =
        Query.of(q ->
            q.range(
                r -> r.untyped(u -> u.field("_seq_no").lte(JsonData.of(month.last().get(shard))))));
    SearchRequest request =
        SearchRequest.of(s ->
            s.index(new MonthIndex(month.month()).name())
                .preference(month.last().size() == 1 ? null : "_shards:" + shard)
                .allowPartialSearchResults(false)
                .timeout(SEARCH_TIMEOUT.toMillis() + "ms")
                .query(q -> q.bool(b -> b.filter(before).filter(filters)))
                .sort(o -> o.field(f -> f.field("@timestamp").order(SortOrder.Desc)))
                .sort(o -> o.field(f -> f.field("event.id").order(SortOrder.Desc)))
                .source(o -> o.fetch(false))
                .size(count)
                .trackTotalHits(t -> t.enabled(false)));
    return Requests.repeatable(() -> client.search(request, Void.class))
        .doOnNext(Hits::checkComplete);
  }

  /**
   * Reads the first events of {@code places}.
   *
   * @param position where the tail goes on after all of them
   */
  Mono<List<TailChunk>> read(Selection selection, List<Place> places, TailPosition position) {
    List<Place> batch = places.subList(0, Math.min(BATCH_SIZE, places.size()));
    return new Documents(client)
        .at(batch)
        .concatMap(NewestEvents::event)
        .collectList()
        .map(events -> encode(selection, events, places.size() - batch.size(), position));
  }

  /** How many of {@code places} one read takes. */
  static int batch(List<Place> places) {
    return Math.min(BATCH_SIZE, places.size());
  }

  private static List<TailChunk> encode(
      Selection selection, List<StoredEvent> events, int remaining, TailPosition position) {
    ChunkBuilder chunks = new ChunkBuilder(selection.encoder());
    int left = events.size() + remaining;
    for (StoredEvent event : events) {
      left--;
      chunks.add(event, position.remaining(left));
    }
    return chunks.build();
  }

  private static Mono<StoredEvent> event(Found found) {
    return switch (found) {
      case Found.There(var event) -> Mono.just(event);
      case Found.Nothing() -> Mono.empty();
      case Found.Unreadable(var reason) -> Mono.error(new StoreUnavailableException(reason, null));
    };
  }
}
