package com.astrobookings.logs.elastic.read;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch.indices.ResolveIndexRequest;
import co.elastic.clients.elasticsearch.indices.resolve_index.ResolveIndexItem;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.wire.Document;
import com.astrobookings.logs.elastic.wire.Documents;
import com.astrobookings.logs.elastic.wire.Documents.Found;
import com.astrobookings.logs.elastic.wire.Documents.Place;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.elastic.wire.Requests;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.StoreUnavailableException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads events back. Bounded in time; fails as the store says. */
public final class EventReader {

  private static final Comparator<StoredEvent> BY_TIME =
      Comparator.comparing(stored -> stored.event().timestamp());

  private final ElasticsearchAsyncClient client;
  private final Documents documents;
  private final SearchRequests requests;
  private final Duration limit;

  /**
   * A reader.
   *
   * @param limit how long one read may take
   */
  public EventReader(ElasticsearchAsyncClient client, Duration limit) {
    this.client = client;
    this.documents = new Documents(client);
    this.requests = new SearchRequests(limit);
    this.limit = limit;
  }

  /** Finds an event as {@link com.astrobookings.logs.store.EventStore#find} says. */
  public Mono<StoredEvent> find(String id, @Nullable YearMonth month) {
    Flux<String> indices = month == null ? months() : Flux.just(new MonthIndex(month).name());
    return bounded(
        indices
            .map(index -> new Place(index, id))
            .collectList()
            .flatMapMany(documents::at)
            .concatMap(EventReader::event)
            .reduce((one, other) -> BY_TIME.compare(one, other) < 0 ? other : one));
  }

  /** Searches as {@link com.astrobookings.logs.store.EventStore#search} says. */
  public Mono<EventPage> search(EventQuery query, PageRequest page) {
    return bounded(Mono.defer(() -> page(query, page)));
  }

  /** A page may hold fewer events than asked for: half as many if they are too large together. */
  private Mono<EventPage> page(EventQuery query, PageRequest page) {
    return Mono.justOrEmpty(requests.page(query, page))
        .flatMap(request -> Requests.repeatable(() -> client.search(request, Document.class)))
        .map(answer -> Pages.of(answer, page))
        .defaultIfEmpty(Pages.empty(page))
        .onErrorResume(
            failure -> page.limit() > 1 && Failures.isAnswerTooLarge(failure),
            failure -> page(query, half(page)))
        .onErrorMap(
            failure -> query.text() != null && Failures.isQueryRefused(failure),
            failure ->
                new InvalidValueException(
                    "is more than the event store can evaluate; ask for less"));
  }

  private static PageRequest half(PageRequest page) {
    return new PageRequest(page.limit() / 2, page.after(), page.copies(), page.total());
  }

  private <T> Mono<T> bounded(Mono<T> answer) {
    return answer
        .timeout(limit)
        .onErrorMap(failure -> !(failure instanceof InvalidValueException), Failures::ofRead);
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
