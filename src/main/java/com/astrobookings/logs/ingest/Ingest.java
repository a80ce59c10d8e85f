package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.Decoded;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.RefusalLog;
import com.astrobookings.logs.web.body.Body;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The way of a body into the store. A write is answered within ten seconds after the end of its
 * body, whatever else is going on: it has four of them until it is decoded, the store has what is
 * left of eight, and the answer the last two.
 */
final class Ingest {

  /**
   * A body of more bytes may hold so many events that other connections would notice the time it
   * takes to decode and answer them.
   */
  static final int LARGE = 8 * 1024;

  /**
   * When a body must be decoded. One that still waits for its turn then would reach the store so
   * late that it could hardly answer, and nobody would know what it holds.
   */
  static final Duration DECODED = Duration.ofSeconds(4);

  private final BatchDecoder decoder;
  private final Scheduler workers;
  private final EventStore store;
  private final Batcher batcher;
  private final Clock clock;
  private final ItemCounters counters;
  private final RefusalLog refusals;

  /**
   * A way in.
   *
   * @param workers decode and serialise large bodies; timers and answers need other threads
   */
  Ingest(
      BatchDecoder decoder,
      Scheduler workers,
      EventStore store,
      Clock clock,
      ItemCounters counters,
      RefusalLog refusals) {
    this.decoder = decoder;
    this.workers = workers;
    this.store = store;
    this.batcher = new Batcher(store, Schedulers.parallel());
    this.clock = clock;
    this.counters = counters;
    this.refusals = refusals;
  }

  /**
   * Decodes a body whole, then stores its valid events, then says what became of each.
   *
   * @return fails with {@link ProblemException} if the body holds no events, or if there is too
   *     much to do to decode it in time; nothing was stored then
   */
  Mono<Receipt> take(Body body, BodyFormat format, RefreshPolicy refresh) {
    return Mono.defer(() -> {
      Instant arrivedAt = clock.instant();
      boolean alone = body.length() > LARGE || refresh == RefreshPolicy.WAIT_FOR;
      return decoded(body, format, arrivedAt)
          .flatMap(batch -> store(batch, alone, refresh, arrivedAt));
    });
  }

  private Mono<Batch> decoded(Body body, BodyFormat format, Instant arrivedAt) {
    Mono<Batch> batch = Mono.fromSupplier(() -> decoder.decode(body, format, arrivedAt));
    return body.length() <= LARGE
        ? batch
        : batch
            .subscribeOn(workers)
            .timeout(DECODED)
            .onErrorMap(TimeoutException.class, late -> tooMuch());
  }

  private static ProblemException tooMuch() {
    return new ProblemException(
        ProblemType.OVERLOADED,
        "Other requests keep the service so busy that it did not come to this one. Nothing was"
            + " stored. Send it again later, or in smaller parts.");
  }

  private Mono<Receipt> store(
      Batch batch, boolean alone, RefreshPolicy refresh, Instant arrivedAt) {
    Mono<List<WriteOutcome>> outcomes = write(valid(batch), alone, refresh, timeLeft(arrivedAt));
    return counters.account(
        batch.items().size(),
        outcomes.doOnNext(this::note).map(written -> receipt(batch, written)));
  }

  private Mono<List<WriteOutcome>> write(
      List<StoredEvent> events, boolean alone, RefreshPolicy refresh, Duration within) {
    if (events.isEmpty()) {
      return Mono.just(List.of());
    }
    return alone ? store.write(events, refresh, within) : batcher.write(events, within);
  }

  /** At most what there is in the beginning, should the clock be set back meanwhile. */
  private Duration timeLeft(Instant arrivedAt) {
    Duration gone = Duration.between(arrivedAt, clock.instant());
    Duration left = EventStore.LONGEST_WRITE.minus(gone.isNegative() ? Duration.ZERO : gone);
    return left.isNegative() ? Duration.ZERO : left;
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
            case Decoded.Failed failed -> Item.failed(null, null);
          });
    }
    return new Receipt(batch.single(), items);
  }

  /** The reasons are for operators; producers only learn that they have to send again. */
  private void note(List<WriteOutcome> outcomes) {
    List<WriteOutcome.Unavailable> refused = new ArrayList<>();
    for (WriteOutcome outcome : outcomes) {
      if (outcome instanceof WriteOutcome.Unavailable unavailable) {
        refused.add(unavailable);
      }
    }
    if (refused.isEmpty()) {
      refusals.taken();
    } else {
      refusals.refused(refused.size(), refused.getFirst().reason());
    }
  }
}
