package com.astrobookings.logs.ingest.spooling;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.spool.Spool;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/**
 * Writes events to the store, and to the spool those that the store is unavailable to. While events
 * wait in the spool, an event is compared with what waits before it is written: the same id with
 * the same content is a duplicate, with other content a conflict. While nothing waits, this costs
 * one look at each outcome. Safe for use by several threads.
 */
public final class SpooledWrites {

  private final Spool spool;
  private final UnavailableMonths unavailable;
  private final LongAdder writes = new LongAdder();

  SpooledWrites(Spool spool, UnavailableMonths unavailable) {
    this.spool = spool;
    this.unavailable = unavailable;
  }

  /** Returns how many writes went to the store while events waited. */
  long writes() {
    return writes.sum();
  }

  /**
   * Writes events.
   *
   * @param within the time that is left for the store; the spool has a little more
   * @param store writes some of them to the store
   * @return one outcome for each event, in their order. {@link Unavailable} if the store is
   *     overloaded, or neither the store nor the spool takes the event
   */
  public Mono<List<WriteOutcome>> write(
      List<StoredEvent> events,
      Supplier<Duration> within,
      Function<List<StoredEvent>, Mono<List<WriteOutcome>>> store) {
    return Mono.defer(() -> {
      if (spool.state().total() == 0) {
        return store
            .apply(events)
            .flatMap(outcomes ->
                outcomes.stream().anyMatch(SpooledWrites::isForSpool)
                    ? spoolUnavailable(events, within, outcomes)
                    : Mono.just(outcomes));
      }
      SpooledWrite write = new SpooledWrite(spool, unavailable, events, within);
      return write
          .compare()
          .then(
              Mono.defer(() ->
                  write.writeRest(some -> {
                    writes.increment();
                    return store.apply(some);
                  })))
          .then(Mono.fromSupplier(write::outcomes));
    });
  }

  private Mono<List<WriteOutcome>> spoolUnavailable(
      List<StoredEvent> events, Supplier<Duration> within, List<WriteOutcome> outcomes) {
    SpooledWrite write = new SpooledWrite(spool, unavailable, events, within);
    return write
        .settle(IntStream.range(0, events.size()).boxed().toList(), outcomes)
        .then(Mono.fromSupplier(write::outcomes));
  }

  /** An overloaded store is to be sent less; what is spooled would be sent to it just the same. */
  static boolean isForSpool(WriteOutcome outcome) {
    return outcome instanceof Unavailable refused && !refused.overloaded();
  }
}
