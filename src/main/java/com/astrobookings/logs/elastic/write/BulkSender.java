package com.astrobookings.logs.elastic.write;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.store.RefreshPolicy;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends bulk requests. */
final class BulkSender {

  /** How long Elasticsearch waits for a shard that is out of service. */
  private static final Time SHARD_PATIENCE = Time.of(t -> t.time("3s"));

  /** Twice the interval at which our indices refresh by themselves. */
  private static final Duration REFRESH_PATIENCE = Duration.ofSeconds(2);

  private final ElasticsearchAsyncClient client;

  BulkSender(ElasticsearchAsyncClient client) {
    this.client = client;
  }

  /** Sends documents once more if the connection is lost before there is an answer. */
  Mono<BulkAnswer> send(MonthIndex month, List<NewDocument> documents, RefreshPolicy refresh) {
    BulkRequest request = request(month, documents, refresh);
    Mono<BulkResponse> response =
        switch (refresh) {
          case NONE -> once(request);
          case WAIT_FOR -> seen(once(request), month);
        };
    return response
        .map(answer -> new BulkAnswer(month, documents, answer, false))
        .onErrorResume(
            Failures::isLostConnection,
            failure -> response.map(answer -> new BulkAnswer(month, documents, answer, true)));
  }

  private Mono<BulkResponse> once(BulkRequest request) {
    return Mono.fromFuture(() -> client.bulk(request));
  }

  /** An index whose refresh an operator has switched off would never answer by itself. */
  private Mono<BulkResponse> seen(Mono<BulkResponse> response, MonthIndex month) {
    Mono<BulkResponse> refresh =
        Mono.delay(REFRESH_PATIENCE)
            .then(Mono.fromFuture(() -> client.indices().refresh(r -> r.index(month.name()))))
            .onErrorComplete()
            .then(Mono.empty());
    return Flux.merge(response, refresh).next();
  }

  private static BulkRequest request(
      MonthIndex month, List<NewDocument> documents, RefreshPolicy refresh) {
    return BulkRequest.of(b ->
        b.index(month.writeAlias())
            .requireAlias(true)
            .timeout(SHARD_PATIENCE)
            .refresh(refresh(refresh))
            .includeSourceOnError(false)
            .operations(documents.stream().map(BulkSender::create).toList()));
  }

  private static BulkOperation create(NewDocument document) {
    return BulkOperation.of(o -> o.create(c -> c.id(document.id()).document(document.json())));
  }

  private static Refresh refresh(RefreshPolicy refresh) {
    return switch (refresh) {
      case NONE -> Refresh.False;
      case WAIT_FOR -> Refresh.WaitFor;
    };
  }
}
