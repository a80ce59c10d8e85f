package com.astrobookings.logs.elastic;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch.core.MgetRequest;
import co.elastic.clients.elasticsearch.core.MgetResponse;
import co.elastic.clients.elasticsearch.core.mget.MultiGetError;
import co.elastic.clients.elasticsearch.core.mget.MultiGetOperation;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import co.elastic.clients.elasticsearch.indices.ResolveIndexRequest;
import co.elastic.clients.elasticsearch.indices.resolve_index.ResolveIndexItem;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.StoreUnavailableException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads events back. */
final class EventReader {

  /** The largest documents times this many stay below what the client buffers of an answer. */
  private static final int MONTHS_AT_ONCE = 250;

  private static final Comparator<StoredEvent> BY_TIME =
      Comparator.comparing(stored -> stored.event().timestamp());

  private final ElasticsearchAsyncClient client;
  private final SearchRequests requests;
  private final Duration limit;

  /**
   * A reader.
   *
   * @param limit how long one read may take
   */
  EventReader(ElasticsearchAsyncClient client, Duration limit) {
    this.client = client;
    this.requests = new SearchRequests(limit);
    this.limit = limit;
  }

  Mono<StoredEvent> find(String id, @Nullable YearMonth month) {
    Flux<String> indices = month == null ? months() : Flux.just(new MonthIndex(month).name());
    return bounded(
        indices
            .buffer(MONTHS_AT_ONCE)
            .concatMap(some -> copies(id, some))
            .reduce((one, other) -> BY_TIME.compare(one, other) < 0 ? other : one));
  }

  Mono<EventPage> search(EventQuery query, PageRequest page) {
    return bounded(
        Mono.justOrEmpty(requests.page(query, page))
            .flatMap(request -> Mono.fromFuture(() -> client.search(request, Document.class)))
            .map(answer -> Pages.of(answer, page))
            .defaultIfEmpty(Pages.empty(page)));
  }

  private <T> Mono<T> bounded(Mono<T> answer) {
    return answer.timeout(limit).onErrorMap(Failures::ofRead);
  }

  private Flux<String> months() {
    ResolveIndexRequest request =
        ResolveIndexRequest.of(r ->
            r.name(MonthIndex.ALL).expandWildcards(ExpandWildcard.Open, ExpandWildcard.Closed));
    return Mono.fromFuture(() -> client.indices().resolveIndex(request))
        .flatMapIterable(found -> found.indices().stream().map(ResolveIndexItem::name).toList());
  }

  /** Reads what was written, whether searches see it already or not. */
  private Flux<StoredEvent> copies(String id, List<String> indices) {
    MgetRequest request =
        MgetRequest.of(m -> m.docs(indices.stream().map(index -> copy(id, index)).toList()));
    return Mono.fromFuture(() -> client.mget(request, Document.class))
        .flatMapIterable(MgetResponse::docs)
        .filter(EventReader::isThere)
        .map(MultiGetResponseItem::result)
        .map(found -> Document.require(found.source(), found.index(), id));
  }

  private static MultiGetOperation copy(String id, String index) {
    return MultiGetOperation.of(m -> m.index(index).id(id));
  }

  private static boolean isThere(MultiGetResponseItem<Document> found) {
    if (found.isResult()) {
      return found.result().found();
    }
    MultiGetError failure = found.failure();
    if ("index_not_found_exception".equals(failure.error().type())) {
      return false;
    }
    throw new StoreUnavailableException(
        failure.index() + " cannot be read: " + failure.error().reason(), null);
  }
}
