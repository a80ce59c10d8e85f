package com.astrobookings.logs.elastic.write;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import com.astrobookings.logs.elastic.index.IndexKeeper;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.wire.Documents;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.store.Visibility;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes events with distinct ids to the index of one month. */
final class BulkWriter {

  /** How often a write is tried when the index is missing or lacks fields each time. */
  private static final int ATTEMPTS = 3;

  /** How long a bulk request waits for a shard that is out of service. */
  private static final Time SHARD_PATIENCE = Time.of(t -> t.time("3s"));

  private final ElasticsearchAsyncClient client;
  private final IndexKeeper keeper;
  private final StoredCopies copies;

  BulkWriter(ElasticsearchAsyncClient client, IndexKeeper keeper) {
    this.client = client;
    this.keeper = keeper;
    this.copies = new StoredCopies(new Documents(client));
  }

  /** What became of each event, by id; never fails. */
  Mono<Map<String, Written>> write(
      MonthIndex month, List<NewDocument> documents, Visibility visibility) {
    return keeper
        .prepared()
        .then(Mono.defer(() -> attempt(month, documents, visibility, ATTEMPTS)))
        .onErrorResume(failure -> Mono.just(unavailable(documents, failure)));
  }

  private Mono<Map<String, Written>> attempt(
      MonthIndex month, List<NewDocument> documents, Visibility visibility, int attempts) {
    return send(month, documents, visibility)
        .flatMap(answer -> settle(month, answer.sorted(attempts > 1), visibility, attempts))
        .onErrorResume(
            failure -> documents.size() > 1 && Failures.isTooLarge(failure),
            failure -> halves(month, documents, visibility, attempts))
        .onErrorResume(failure -> Mono.just(unavailable(documents, failure)));
  }

  private Mono<Map<String, Written>> settle(
      MonthIndex month, BulkAnswer.Sorted sorted, Visibility visibility, int attempts) {
    Mono<Map<String, Written>> compared = copies.compare(sorted.existing(), sorted.repeated());
    Mono<Map<String, Written>> repaired =
        sorted.unprepared().isEmpty()
            ? Mono.just(Map.of())
            : repair(month, sorted.unprepared(), visibility, attempts - 1);
    return Flux.concat(Mono.just(sorted.done()), compared, repaired)
        .collect(HashMap::new, Map::putAll);
  }

  private Mono<Map<String, Written>> repair(
      MonthIndex month, List<NewDocument> documents, Visibility visibility, int attempts) {
    return keeper
        .ensure(month)
        .then(Mono.defer(() -> attempt(month, documents, visibility, attempts)))
        .onErrorResume(failure -> Mono.just(unavailable(documents, failure)));
  }

  private Mono<Map<String, Written>> halves(
      MonthIndex month, List<NewDocument> documents, Visibility visibility, int attempts) {
    int half = documents.size() / 2;
    return Flux.just(documents.subList(0, half), documents.subList(half, documents.size()))
        .concatMap(part -> attempt(month, part, visibility, attempts))
        .collect(HashMap::new, Map::putAll);
  }

  private Mono<BulkAnswer> send(
      MonthIndex month, List<NewDocument> documents, Visibility visibility) {
    BulkRequest request = request(month, documents, visibility);
    return Mono.fromFuture(() -> client.bulk(request))
        .map(answer -> new BulkAnswer(month, documents, answer, false))
        .onErrorResume(
            Failures::isLostConnection,
            failure ->
                Mono.fromFuture(() -> client.bulk(request))
                    .map(answer -> new BulkAnswer(month, documents, answer, true)));
  }

  private static BulkRequest request(
      MonthIndex month, List<NewDocument> documents, Visibility visibility) {
    return BulkRequest.of(b ->
        b.index(month.writeAlias())
            .requireAlias(true)
            .timeout(SHARD_PATIENCE)
            .refresh(refresh(visibility))
            .includeSourceOnError(false)
            .operations(documents.stream().map(BulkWriter::create).toList()));
  }

  private static BulkOperation create(NewDocument document) {
    return BulkOperation.of(o -> o.create(c -> c.id(document.id()).document(document.json())));
  }

  private static Refresh refresh(Visibility visibility) {
    return switch (visibility) {
      case SOON -> Refresh.False;
      case AWAITED -> Refresh.WaitFor;
    };
  }

  private static Map<String, Written> unavailable(List<NewDocument> documents, Throwable failure) {
    Written written = Written.not(Failures.ofWrite(failure));
    Map<String, Written> all = new HashMap<>();
    documents.forEach(document -> all.put(document.id(), written));
    return all;
  }
}
