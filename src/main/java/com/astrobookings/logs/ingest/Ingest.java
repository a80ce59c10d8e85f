package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.Decoded;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.Visibility;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.web.body.Body;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** The way of a body into the store. */
final class Ingest {

  private static final Logger log = LoggerFactory.getLogger(Ingest.class);

  private final BatchDecoder decoder;
  private final EventStore store;
  private final Clock clock;
  private final ItemCounters counters;

  Ingest(BatchDecoder decoder, EventStore store, Clock clock, ItemCounters counters) {
    this.decoder = decoder;
    this.store = store;
    this.clock = clock;
    this.counters = counters;
  }

  /** Decodes a body whole, then stores its valid events, then says what became of each. */
  Mono<Receipt> take(Body body, Layout layout, Visibility visibility) {
    return Mono.defer(() -> {
      Batch batch = decoder.decode(body, layout, clock.instant());
      List<StoredEvent> valid = valid(batch);
      Mono<List<WriteOutcome>> outcomes =
          valid.isEmpty() ? Mono.just(List.of()) : store.write(valid, visibility);
      return counters.account(
          batch.items().size(),
          outcomes.doOnNext(Ingest::log).map(written -> receipt(batch, written)));
    });
  }

  private static List<StoredEvent> valid(Batch batch) {
    List<StoredEvent> events = new ArrayList<>();
    for (Decoded item : batch.items()) {
      if (item instanceof Decoded.Valid valid) {
        events.add(valid.event());
      }
    }
    return events;
  }

  private static Receipt receipt(Batch batch, List<WriteOutcome> outcomes) {
    Iterator<WriteOutcome> next = outcomes.iterator();
    List<Item> items = new ArrayList<>(batch.items().size());
    for (Decoded item : batch.items()) {
      items.add(
          switch (item) {
            case Decoded.Valid valid -> Item.of(valid.event().event(), next.next());
            case Decoded.Invalid invalid -> Item.of(invalid);
          });
    }
    return new Receipt(batch.single(), items);
  }

  /** The reasons are for operators; producers only learn that they have to send again. */
  private static void log(List<WriteOutcome> outcomes) {
    List<WriteOutcome.Unavailable> refused = new ArrayList<>();
    for (WriteOutcome outcome : outcomes) {
      if (outcome instanceof WriteOutcome.Unavailable unavailable) {
        refused.add(unavailable);
      }
    }
    if (!refused.isEmpty()) {
      log.warn(
          "{} of {} events were refused: {}",
          refused.size(),
          outcomes.size(),
          refused.getFirst().reason());
    }
  }
}
