package com.astrobookings.logs.elastic.write;

import com.astrobookings.logs.elastic.wire.Documents;
import com.astrobookings.logs.elastic.wire.Documents.Found;
import com.astrobookings.logs.elastic.wire.Documents.Place;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Conflict;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.util.List;
import reactor.core.publisher.Mono;

/** Compares events with those that were stored earlier under their ids. */
final class DuplicateCheck {

  private final Documents documents;

  DuplicateCheck(Documents documents) {
    this.documents = documents;
  }

  /**
   * An item whose id is taken.
   *
   * @param item its number in the bulk
   * @param index the index that holds the earlier document
   */
  record Taken(int item, String index) {}

  /**
   * Settles items, and with each all other events of the write that have its id: a duplicate has
   * the content of what is stored. Completes when that is done; never fails.
   *
   * @param repeated whether an attempt of ours went before whose answer was never heard
   */
  Mono<Void> settle(Bulk bulk, List<Taken> taken, boolean repeated) {
    if (taken.isEmpty()) {
      return Mono.empty();
    }
    return documents
        .at(taken.stream().map(one -> new Place(one.index(), bulk.id(one.item()))).toList())
        .zipWithIterable(taken)
        .doOnNext(pair -> settle(bulk, pair.getT2().item(), pair.getT1(), repeated))
        .then()
        .onErrorResume(failure -> {
          Unavailable unknown = Failures.ofWrite(failure);
          taken.forEach(one -> settleIfOpen(bulk, one.item(), unknown));
          return Mono.empty();
        });
  }

  private static void settle(Bulk bulk, int item, Found found, boolean repeated) {
    switch (found) {
      case Found.There(var theirs) -> {
        StoredEvent ours = bulk.pending().stored(bulk.position(item));
        boolean own = repeated && ours.receivedAt().equals(theirs.receivedAt());
        WriteOutcome outcome = compare(ours, theirs);
        bulk.settle(item, own && outcome instanceof Duplicate ? new Stored() : outcome);
        List<Integer> repeats = bulk.repeats(item);
        for (int i = 1; i < repeats.size(); i++) {
          int position = repeats.get(i);
          bulk.pending().settle(position, compare(bulk.pending().stored(position), theirs));
        }
      }
      case Found.Nothing() ->
          settleIfOpen(bulk, item, unknown("the earlier copy was deleted meanwhile"));
      case Found.Unreadable(var reason) -> settleIfOpen(bulk, item, unknown(reason));
    }
  }

  private static WriteOutcome compare(StoredEvent ours, StoredEvent theirs) {
    return ours.event().equals(theirs.event()) ? new Duplicate() : new Conflict();
  }

  private static void settleIfOpen(Bulk bulk, int item, Unavailable reason) {
    if (bulk.pending().outcome(bulk.position(item)) == null) {
      bulk.settle(item, reason);
    }
  }

  private static Unavailable unknown(String reason) {
    return new Unavailable(false, reason);
  }
}
