package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.ContextRequest;
import com.astrobookings.logs.store.EventContext;
import com.astrobookings.logs.store.EventExport;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.memory.ReadMemory;
import com.astrobookings.logs.store.stats.EventStats;
import com.astrobookings.logs.store.stats.StatsRequest;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A store that answers a write when the test says so. */
final class HeldStore implements EventStore {

  private final List<Write> writes = new CopyOnWriteArrayList<>();
  private final @Nullable Function<StoredEvent, WriteOutcome> answer;

  HeldStore() {
    this(null);
  }

  private HeldStore(@Nullable Function<StoredEvent, WriteOutcome> answer) {
    this.answer = answer;
  }

  /** A store that answers at once. */
  static HeldStore answering(Function<StoredEvent, WriteOutcome> answer) {
    return new HeldStore(answer);
  }

  /** A write that was subscribed to. */
  record Write(List<StoredEvent> events, Duration within, Sinks.One<List<WriteOutcome>> outcomes) {

    void answer(List<WriteOutcome> all) {
      outcomes.tryEmitValue(all).orThrow();
    }

    void answerAll(WriteOutcome outcome) {
      answer(Collections.nCopies(events.size(), outcome));
    }

    void fail(Throwable failure) {
      outcomes.tryEmitError(failure).orThrow();
    }
  }

  /** All writes up to now, in their order. */
  List<Write> writes() {
    return writes;
  }

  /** Answers every write that is open, and those that follow from that. */
  void answerEverything(WriteOutcome outcome) {
    for (int i = 0; i < writes.size(); i++) {
      writes.get(i).answerAll(outcome);
    }
  }

  @Override
  public Mono<List<WriteOutcome>> write(
      List<StoredEvent> events, RefreshPolicy refresh, Duration within) {
    if (answer != null) {
      return Mono.fromSupplier(() -> events.stream().map(answer).toList());
    }
    return Mono.defer(() -> {
      Write write = new Write(events, within, Sinks.one());
      writes.add(write);
      return write.outcomes().asMono();
    });
  }

  @Override
  public Mono<StoredEvent> find(String id, @Nullable YearMonth month, ReadMemory.Share memory) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Mono<EventPage> search(EventQuery query, PageRequest page, ReadMemory.Share memory) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Mono<EventContext> context(
      EventQuery query, ContextRequest request, ReadMemory.Share memory) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Mono<EventStats> stats(EventQuery query, StatsRequest request, ReadMemory.Share memory) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Mono<Void> export(
      EventQuery query, String reader, Function<EventExport, ? extends Publisher<Void>> use) {
    throw new UnsupportedOperationException();
  }
}
