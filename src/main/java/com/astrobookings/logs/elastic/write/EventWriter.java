package com.astrobookings.logs.elastic.write;

import com.astrobookings.logs.elastic.index.Durability;
import com.astrobookings.logs.elastic.index.IndexKeeper;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.wire.Documents;
import com.astrobookings.logs.elastic.wire.LowLevelClient;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.trace.TraceContext;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Conflict;
import com.astrobookings.logs.store.WriteOutcome.Defect;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Rejected;
import com.astrobookings.logs.store.WriteOutcome.Spooled;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes events to the indices of their months. Safe for use by several threads. */
public final class EventWriter {

  private static final Logger log = LoggerFactory.getLogger(EventWriter.class);

  /** How long a month is left alone whose shard is out of service. */
  private static final Duration MONTH_PAUSE = Duration.ofSeconds(10);

  private static final int MAX_CONCURRENT_MONTHS = 16;
  private static final int MAX_CONCURRENT_BULKS = 2;

  private final BulkWriter writer;

  /** Writes through {@code client} to indices that {@code keeper} and {@code durability} keep. */
  public EventWriter(
      LowLevelClient client, Documents documents, IndexKeeper keeper, Durability durability) {
    this.writer =
        new BulkWriter(
            keeper,
            durability,
            new BulkSender(client),
            new DuplicateCheck(documents),
            new MonthCircuitBreaker(MONTH_PAUSE));
  }

  /** Writes as {@link com.astrobookings.logs.store.EventStore#write} says. */
  public Mono<List<WriteOutcome>> write(
      List<StoredEvent> events, RefreshPolicy refresh, Duration within) {
    return Mono.defer(() -> {
      PendingEvents pending = new PendingEvents(events);
      return TraceContext.defer(() -> write(pending, refresh))
          .timeout(within)
          .onErrorResume(EventWriter::leaveOpen)
          .then(Mono.fromSupplier(pending::outcomes));
    });
  }

  private Mono<Void> write(PendingEvents pending, RefreshPolicy refresh) {
    return all(
        pending.byMonth().entrySet().stream()
            .map(month -> write(month.getKey(), month.getValue(), pending, refresh))
            .toList(),
        MAX_CONCURRENT_MONTHS);
  }

  /** Sends the first event of each id; what became of it decides about the others. */
  private Mono<Void> write(
      MonthIndex index, List<Integer> positions, PendingEvents pending, RefreshPolicy refresh) {
    Map<String, List<Integer>> repeats = new HashMap<>();
    List<Integer> firsts = firsts(positions, pending, repeats);
    Mono<Void> sent =
        all(
            BulkEncoder.encode(new Bulk.Month(index, pending, repeats), firsts).stream()
                .map(bulk -> writer.write(bulk, refresh))
                .toList(),
            MAX_CONCURRENT_BULKS);
    return repeats.isEmpty()
        ? sent
        : sent.then(
            TraceContext.defer(() -> {
              List<Integer> open = settleRepeats(repeats, pending);
              return open.isEmpty() ? Mono.empty() : write(index, open, pending, refresh);
            }));
  }

  private static Mono<Void> all(List<Mono<Void>> writes, int concurrency) {
    return writes.size() == 1
        ? writes.getFirst()
        : Flux.fromIterable(writes).flatMap(write -> write, concurrency).then();
  }

  /** Returns the first event of each id, and notes all events of the ids that repeat. */
  private static List<Integer> firsts(
      List<Integer> positions, PendingEvents pending, Map<String, List<Integer>> repeats) {
    Set<String> ids = HashSet.newHashSet(positions.size());
    List<Integer> firsts = new ArrayList<>(positions.size());
    for (int position : positions) {
      if (ids.add(pending.id(position))) {
        firsts.add(position);
      } else {
        repeats.computeIfAbsent(pending.id(position), id -> new ArrayList<>()).add(position);
      }
    }
    if (!repeats.isEmpty()) {
      for (int first : firsts) {
        repeats.computeIfPresent(
            pending.id(first),
            (id, others) -> {
              others.addFirst(first);
              return others;
            });
      }
    }
    return firsts;
  }

  /** Returns those that must be tried themselves, because the first of their id never can. */
  private static List<Integer> settleRepeats(
      Map<String, List<Integer>> repeats, PendingEvents pending) {
    List<Integer> open = new ArrayList<>();
    for (List<Integer> sameId : repeats.values()) {
      int first = sameId.getFirst();
      WriteOutcome outcome = Objects.requireNonNull(pending.outcome(first));
      for (int position : sameId.subList(1, sameId.size())) {
        boolean same = pending.event(position).equals(pending.event(first));
        if (pending.outcome(position) != null) {
          continue;
        }
        switch (outcome) {
          case Stored(), Duplicate() ->
              pending.settle(position, same ? new Duplicate() : new Conflict());
          case Conflict(), Unavailable(_, _), Spooled() -> pending.settle(position, outcome);
          case Rejected(_), Defect() when same -> pending.settle(position, outcome);
          case Rejected(_), Defect() -> open.add(position);
        }
      }
    }
    return open;
  }

  private static Mono<Void> leaveOpen(Throwable failure) {
    return failure instanceof TimeoutException
        ? Mono.empty()
        : TraceContext.run(() -> log.error("A write failed in an unforeseen way", failure));
  }
}
