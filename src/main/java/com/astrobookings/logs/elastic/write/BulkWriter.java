package com.astrobookings.logs.elastic.write;

import com.astrobookings.logs.elastic.index.Durability;
import com.astrobookings.logs.elastic.index.IndexKeeper;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes events with distinct ids to the index of one month. */
final class BulkWriter {

  /** How often a write is tried when the index is missing or lacks fields each time. */
  private static final int ATTEMPTS = 3;

  private final IndexKeeper keeper;
  private final Durability durability;
  private final BulkSender sender;
  private final StoredCopies copies;
  private final HeldMonths held;

  BulkWriter(
      IndexKeeper keeper,
      Durability durability,
      BulkSender sender,
      StoredCopies copies,
      HeldMonths held) {
    this.keeper = keeper;
    this.durability = durability;
    this.sender = sender;
    this.copies = copies;
    this.held = held;
  }

  /** What became of each event, by id; never fails. */
  Mono<Map<String, Written>> write(
      MonthIndex month, List<NewDocument> documents, RefreshPolicy refresh) {
    Unavailable reason = held.reason(month);
    return reason != null
        ? Mono.just(all(documents, reason))
        : keeper
            .prepared()
            .then(durability.ensure(month))
            .then(Mono.defer(() -> attempt(month, documents, refresh, ATTEMPTS)))
            .onErrorResume(failure -> Mono.just(all(documents, Failures.ofWrite(failure))));
  }

  private Mono<Map<String, Written>> attempt(
      MonthIndex month, List<NewDocument> documents, RefreshPolicy refresh, int attempts) {
    return sender
        .send(month, documents, refresh)
        .flatMap(answer -> settle(month, answer.sorted(attempts > 1), refresh, attempts))
        .onErrorResume(
            failure -> documents.size() > 1 && Failures.isTooLarge(failure),
            failure -> halves(month, documents, refresh, attempts))
        .onErrorResume(failure -> Mono.just(all(documents, Failures.ofWrite(failure))));
  }

  private Mono<Map<String, Written>> settle(
      MonthIndex month, BulkAnswer.Sorted sorted, RefreshPolicy refresh, int attempts) {
    sorted.shardAbsence().ifPresent(reason -> held.hold(month, reason));
    Mono<Map<String, Written>> compared = copies.compare(sorted.existing(), sorted.repeated());
    Mono<Map<String, Written>> repaired =
        sorted.unprepared().isEmpty()
            ? Mono.just(Map.of())
            : repair(month, sorted.unprepared(), refresh, attempts - 1);
    return Flux.concat(Mono.just(sorted.done()), compared, repaired)
        .collect(HashMap::new, Map::putAll);
  }

  private Mono<Map<String, Written>> repair(
      MonthIndex month, List<NewDocument> documents, RefreshPolicy refresh, int attempts) {
    return keeper
        .ensure(month)
        .then(Mono.defer(() -> attempt(month, documents, refresh, attempts)))
        .onErrorResume(failure -> Mono.just(all(documents, Failures.ofWrite(failure))));
  }

  private Mono<Map<String, Written>> halves(
      MonthIndex month, List<NewDocument> documents, RefreshPolicy refresh, int attempts) {
    int half = documents.size() / 2;
    return Flux.just(documents.subList(0, half), documents.subList(half, documents.size()))
        .flatMap(part -> attempt(month, part, refresh, attempts))
        .collect(HashMap::new, Map::putAll);
  }

  private static Map<String, Written> all(List<NewDocument> documents, Unavailable reason) {
    Written written = Written.not(reason);
    Map<String, Written> all = new HashMap<>();
    documents.forEach(document -> all.put(document.id(), written));
    return all;
  }
}
