package com.astrobookings.logs.elastic.write;

import com.astrobookings.logs.elastic.index.Durability;
import com.astrobookings.logs.elastic.index.IndexKeeper;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.elastic.write.BulkResponseParser.FailedItem;
import com.astrobookings.logs.elastic.write.DuplicateCheck.Taken;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Writes the events of one bulk and settles each of them: repairs an index that is missing or lacks
 * fields, halves what is too large, compares what met an earlier document. Safe for use by several
 * threads.
 */
final class BulkWriter {

  /** How often events are sent while the index is missing or lacks fields each time. */
  private static final int MAX_ATTEMPTS = 3;

  private static final WriteOutcome STORED = new Stored();

  private final IndexKeeper keeper;
  private final Durability durability;
  private final BulkSender sender;
  private final DuplicateCheck duplicates;
  private final MonthCircuitBreaker breaker;

  BulkWriter(
      IndexKeeper keeper,
      Durability durability,
      BulkSender sender,
      DuplicateCheck duplicates,
      MonthCircuitBreaker breaker) {
    this.keeper = keeper;
    this.durability = durability;
    this.sender = sender;
    this.duplicates = duplicates;
    this.breaker = breaker;
  }

  /** Completes when all events of the bulk are settled; never fails. */
  Mono<Void> write(Bulk bulk, RefreshPolicy refresh) {
    return Mono.defer(() -> {
      Unavailable reason = breaker.reason(bulk.index());
      return reason != null
          ? settled(bulk, reason)
          : keeper
              .prepared()
              .then(durability.ensure(bulk.index()))
              .then(Mono.defer(() -> attempt(bulk, refresh, MAX_ATTEMPTS)))
              .onErrorResume(failure -> settled(bulk, Failures.ofWrite(failure)));
    });
  }

  private Mono<Void> attempt(Bulk bulk, RefreshPolicy refresh, int attempts) {
    return sender
        .send(bulk, refresh)
        .flatMap(answer -> settle(bulk, answer, refresh, attempts))
        .onErrorResume(
            failure -> bulk.size() > 1 && Failures.isTooLarge(failure),
            failure -> halves(bulk, refresh, attempts))
        .onErrorResume(failure -> settled(bulk, Failures.ofWrite(failure)));
  }

  private Mono<Void> halves(Bulk bulk, RefreshPolicy refresh, int attempts) {
    int half = bulk.size() / 2;
    return Mono.when(
        attempt(bulk.part(0, half), refresh, attempts),
        attempt(bulk.part(half, bulk.size()), refresh, attempts));
  }

  private Mono<Void> settle(
      Bulk bulk, BulkSender.Answer answer, RefreshPolicy refresh, int attempts) {
    List<Taken> taken = new ArrayList<>();
    List<Integer> unprepared = new ArrayList<>();
    Iterator<FailedItem> failed = answer.failed().iterator();
    FailedItem next = failed.hasNext() ? failed.next() : null;
    for (int item = 0; item < bulk.size(); item++) {
      if (next == null || next.item() != item) {
        bulk.settle(item, STORED);
      } else {
        switch (next.verdict()) {
          case ItemVerdict.Final(var outcome) -> bulk.settle(item, outcome);
          case ItemVerdict.Exists(var index) -> taken.add(new Taken(item, index));
          case ItemVerdict.Unprepared(var otherwise) when attempts > 1 -> unprepared.add(item);
          case ItemVerdict.Unprepared(var otherwise) -> bulk.settle(item, otherwise);
          case ItemVerdict.ShardUnavailable(var reason) -> {
            breaker.open(bulk.index(), reason);
            bulk.settle(item, reason);
          }
        }
        next = failed.hasNext() ? failed.next() : null;
      }
    }
    return duplicates
        .settle(bulk, taken, answer.repeated())
        .then(repair(bulk, unprepared, refresh, attempts - 1));
  }

  private Mono<Void> repair(
      Bulk bulk, List<Integer> unprepared, RefreshPolicy refresh, int attempts) {
    if (unprepared.isEmpty()) {
      return Mono.empty();
    }
    Bulk again = bulk.only(unprepared);
    return keeper
        .ensure(bulk.index())
        .then(Mono.defer(() -> attempt(again, refresh, attempts)))
        .onErrorResume(failure -> settled(again, Failures.ofWrite(failure)));
  }

  private static Mono<Void> settled(Bulk bulk, Unavailable reason) {
    bulk.settleAll(reason);
    return Mono.empty();
  }
}
