package com.astrobookings.logs.elastic.read;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch.indices.ResolveIndexRequest;
import co.elastic.clients.elasticsearch.indices.resolve_index.ResolveIndexItem;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.wire.Documents;
import com.astrobookings.logs.elastic.wire.Documents.Found;
import com.astrobookings.logs.elastic.wire.Documents.Place;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.elastic.wire.LowLevelClient;
import com.astrobookings.logs.elastic.wire.MeteredTransport;
import com.astrobookings.logs.elastic.wire.Requests;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.memory.NoRoomException;
import com.astrobookings.logs.store.memory.ReadMemory;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads events back. Bounded in time and memory; fails as the store says. */
public final class EventReader {

  private static final Comparator<StoredEvent> BY_TIME =
      Comparator.comparing(stored -> stored.event().timestamp());

  /** How long a search waits until others have ended. */
  private static final Duration WAIT_TIMEOUT = Duration.ofSeconds(5);

  private final ElasticsearchAsyncClient client;
  private final DocumentReader documents;
  private final SearchRequests requests;
  private final SearchLimiter limiter;
  private final Duration limit;

  /**
   * A reader.
   *
   * @param searches most searches that Elasticsearch works on at once
   * @param limit how long one read may take
   */
  public EventReader(
      ElasticsearchAsyncClient client, LowLevelClient lowLevel, int searches, Duration limit) {
    this.client = client;
    this.documents = new DocumentReader(lowLevel);
    this.requests = new SearchRequests(limit);
    this.limiter = new SearchLimiter(searches, WAIT_TIMEOUT);
    this.limit = limit;
  }

  /** Finds an event as {@link com.astrobookings.logs.store.EventStore#find} says. */
  public Mono<StoredEvent> find(String id, @Nullable YearMonth month, ReadMemory.Share memory) {
    return bounded(
        inAPlace(
            memory,
            () ->
                month == null
                    ? newest(id, memory)
                    : documents.read(new Place(new MonthIndex(month).name(), id), memory)));
  }

  private Mono<StoredEvent> newest(String id, ReadMemory.Share memory) {
    ElasticsearchAsyncClient metered =
        new ElasticsearchAsyncClient(new MeteredTransport(client._transport(), memory, 0));
    return months()
        .map(index -> new Place(index, id))
        .collectList()
        .flatMapMany(new Documents(metered)::at)
        .concatMap(EventReader::event)
        .reduce((one, other) -> BY_TIME.compare(one, other) < 0 ? other : one);
  }

  /** Searches as {@link com.astrobookings.logs.store.EventStore#search} says. */
  public Mono<EventPage> search(EventQuery query, PageRequest page, ReadMemory.Share memory) {
    return bounded(
        inAPlace(
                memory,
                () ->
                    limiter.limit(
                        memory.reader(),
                        new PageReader(client, requests, query, page, memory).read()))
            .doOnNext(read -> memory.lowerTo(read.held()))
            .map(Part::page));
  }

  /** Begins again, in a place of its own, what turns out to be large while there is none free. */
  private static <T> Mono<T> inAPlace(ReadMemory.Share memory, Supplier<Mono<T>> read) {
    Mono<T> once = Mono.defer(read);
    return once.onErrorResume(NoRoomException.class, full -> memory.place().then(once));
  }

  private <T> Mono<T> bounded(Mono<T> answer) {
    return answer.timeout(limit).onErrorMap(EventReader::isOfTheStore, Failures::ofRead);
  }

  private static boolean isOfTheStore(Throwable failure) {
    return !(failure instanceof InvalidValueException || failure instanceof NoRoomException);
  }

  private Flux<String> months() {
    ResolveIndexRequest request =
        ResolveIndexRequest.of(r ->
            r.name(MonthIndex.ALL).expandWildcards(ExpandWildcard.Open, ExpandWildcard.Closed));
    return Requests.repeatable(() -> client.indices().resolveIndex(request))
        .flatMapIterable(found -> found.indices().stream().map(ResolveIndexItem::name).toList());
  }

  private static Mono<StoredEvent> event(Found found) {
    return switch (found) {
      case Found.There(var event) -> Mono.just(event);
      case Found.Nothing() -> Mono.empty();
      case Found.Unreadable(var reason) -> Mono.error(new StoreUnavailableException(reason, null));
    };
  }
}
