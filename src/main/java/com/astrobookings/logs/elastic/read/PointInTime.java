package com.astrobookings.logs.elastic.read;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch.core.OpenPointInTimeRequest;
import co.elastic.clients.elasticsearch.core.OpenPointInTimeResponse;
import co.elastic.clients.elasticsearch.core.search.PointInTimeReference;
import com.astrobookings.logs.elastic.wire.Failures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A view of the indices as they were at one moment, which Elasticsearch keeps until it is closed or
 * was not used for {@link #KEEP_ALIVE}. Safe for use by several threads.
 */
final class PointInTime {

  /** How long it outlives a service that has ended without closing it. */
  static final Duration KEEP_ALIVE = Duration.ofMinutes(2);

  private static final Logger log = LoggerFactory.getLogger(PointInTime.class);
  private static final Time EXPIRY = Time.of(t -> t.time(KEEP_ALIVE.toSeconds() + "s"));

  private final ElasticsearchAsyncClient client;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile String id;

  private PointInTime(ElasticsearchAsyncClient client, String id) {
    this.client = client;
    this.id = id;
  }

  /**
   * Opens one. Fails with whatever the client fails with. One that opens although nobody waits for
   * it any longer is closed again.
   *
   * @param indices the index expression; a closed month is a failure, as of searches
   */
  static Mono<PointInTime> open(ElasticsearchAsyncClient client, List<String> indices) {
    OpenPointInTimeRequest request =
        OpenPointInTimeRequest.of(p ->
            p.index(indices)
                .expandWildcards(ExpandWildcard.Open, ExpandWildcard.Closed)
                .allowPartialSearchResults(false)
                .keepAlive(EXPIRY));
    return Mono.fromFuture(() -> client.openPointInTime(request), true)
        .map(response -> new PointInTime(client, response.id()))
        .doOnDiscard(
            OpenPointInTimeResponse.class,
            late -> new PointInTime(client, late.id()).close().subscribe())
        .doOnDiscard(PointInTime.class, late -> late.close().subscribe());
  }

  /** Returns what makes a search look at this point in time, and keeps it. */
  PointInTimeReference reference() {
    return PointInTimeReference.of(p -> p.id(id).keepAlive(EXPIRY));
  }

  /** Stores the id that the answer to a search gave. */
  void moveTo(String next) {
    id = next;
  }

  boolean isClosed() {
    return closed.get();
  }

  /**
   * Keeps it for another {@link #KEEP_ALIVE} by a search that reads nothing. Fails if it is gone;
   * any other failure is left to the next search.
   */
  Mono<Void> renew() {
    return Mono.fromFuture(() ->
            client.search(
                s -> s.pit(reference()).size(0).trackTotalHits(t -> t.enabled(false)), Void.class))
        .doOnNext(response -> {
          if (response.pitId() != null) {
            moveTo(response.pitId());
          }
        })
        .then()
        .onErrorComplete(failure -> closed.get() || !Failures.isNotFound(failure));
  }

  /** Closes it, the first time; completes also if that fails, and it expires then. */
  Mono<Void> close() {
    return Mono.defer(() ->
        closed.getAndSet(true)
            ? Mono.empty()
            : Mono.fromFuture(() -> client.closePointInTime(c -> c.id(id)), true)
                .doOnError(failure ->
                    log.debug("A point in time was not closed: {}", Failures.describe(failure)))
                .onErrorComplete()
                .then());
  }
}
