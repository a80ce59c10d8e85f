package com.astrobookings.logs.elastic;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch.core.MgetRequest;
import co.elastic.clients.elasticsearch.core.MgetResponse;
import co.elastic.clients.elasticsearch.core.get.GetResult;
import co.elastic.clients.elasticsearch.core.mget.MultiGetOperation;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Compares events with those that were stored earlier under their ids. */
final class StoredCopies {

  /** The largest documents times this many stay below what the client buffers of an answer. */
  private static final int MOST_AT_ONCE = 250;

  private final ElasticsearchAsyncClient client;

  StoredCopies(ElasticsearchAsyncClient client) {
    this.client = client;
  }

  /**
   * Says what each event means.
   *
   * @param events with the index that holds the earlier copy
   * @param repeated whether an attempt of ours went before of which we never heard the answer
   * @return by id
   */
  Mono<Map<String, Written>> compare(Map<StoredEvent, String> events, boolean repeated) {
    return Flux.fromIterable(events.entrySet())
        .buffer(MOST_AT_ONCE)
        .concatMap(some -> compareSome(some, repeated))
        .collect(HashMap::new, Map::putAll);
  }

  private Mono<Map<String, Written>> compareSome(
      List<Map.Entry<StoredEvent, String>> events, boolean repeated) {
    MgetRequest request =
        MgetRequest.of(m -> m.docs(events.stream().map(StoredCopies::copyOf).toList()));
    return Mono.fromFuture(() -> client.mget(request, Document.class))
        .map(found -> judge(events, found, repeated))
        .onErrorResume(failure -> Mono.just(unavailable(events, failure)));
  }

  private static MultiGetOperation copyOf(Map.Entry<StoredEvent, String> event) {
    return MultiGetOperation.of(m -> m.index(event.getValue()).id(event.getKey().event().id()));
  }

  private static Map<String, Written> judge(
      List<Map.Entry<StoredEvent, String>> events, MgetResponse<Document> found, boolean repeated) {
    Map<String, Written> written = new HashMap<>();
    for (int i = 0; i < events.size(); i++) {
      StoredEvent event = events.get(i).getKey();
      written.put(event.event().id(), judge(event, found.docs().get(i), repeated));
    }
    return written;
  }

  private static Written judge(
      StoredEvent event, MultiGetResponseItem<Document> found, boolean repeated) {
    if (found.isFailure()) {
      return unknown(
          "the earlier copy cannot be read: " + Failures.describe(0, found.failure().error()));
    }
    GetResult<Document> copy = found.result();
    Document document = copy.source();
    if (!copy.found() || document == null) {
      return unknown("the earlier copy was deleted meanwhile");
    }
    StoredEvent theirs = document.event();
    return theirs == null
        ? unknown("the earlier copy is not an event of ours: " + document.fault())
        : Written.compared(event, theirs, repeated);
  }

  private static Map<String, Written> unavailable(
      List<Map.Entry<StoredEvent, String>> events, Throwable failure) {
    Written written = new Written(Failures.ofWrite(failure), null);
    Map<String, Written> all = new HashMap<>();
    events.forEach(event -> all.put(event.getKey().event().id(), written));
    return all;
  }

  private static Written unknown(@Nullable String reason) {
    return new Written(new Unavailable(false, String.valueOf(reason)), null);
  }
}
