package com.astrobookings.logs.ingest.spooling;

import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.trace.TraceContext;
import com.astrobookings.logs.spool.Appended;
import com.astrobookings.logs.spool.Spool;
import com.astrobookings.logs.spool.SpoolEntry;
import com.astrobookings.logs.store.RedactedException;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Conflict;
import com.astrobookings.logs.store.WriteOutcome.Defect;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Spooled;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One write while events wait in the spool or the store is unavailable, with its outcomes. */
final class SpooledWrite {

  private static final Logger log = LoggerFactory.getLogger(SpooledWrite.class);

  /** What the spool has in addition to the time that is left for the store. */
  private static final Duration SPOOL_TIME = Duration.ofMillis(1_500);

  /** The time for the comparison. An event that is not compared in time is refused. */
  private static final Duration COMPARE_TIMEOUT = Duration.ofSeconds(3);

  private final Spool spool;
  private final UnavailableMonths unavailable;
  private final List<StoredEvent> events;
  private final Supplier<Duration> within;
  private final WriteOutcome[] outcomes;

  /** Whether the month was unavailable when the event was to be compared. */
  private final boolean[] forSpoolAtOnce;

  SpooledWrite(
      Spool spool,
      UnavailableMonths unavailable,
      List<StoredEvent> events,
      Supplier<Duration> within) {
    this.spool = spool;
    this.unavailable = unavailable;
    this.events = events;
    this.within = within;
    this.outcomes = new WriteOutcome[events.size()];
    this.forSpoolAtOnce = new boolean[events.size()];
  }

  /** Returns the outcomes, when all are known. */
  List<WriteOutcome> outcomes() {
    return List.of(outcomes);
  }

  private LogEvent event(int position) {
    return events.get(position).event();
  }

  private String month(int position) {
    return UnavailableMonths.of(event(position).timestamp());
  }

  /** Settles events whose ids wait. The spool itself compares those that are appended to it. */
  Mono<Void> compare() {
    Map<String, List<Integer>> months = new HashMap<>();
    Map<String, Long> waiting = spool.state().waiting();
    for (int position = 0; position < outcomes.length; position++) {
      String month = month(position);
      if (unavailable.contains(month)) {
        forSpoolAtOnce[position] = true;
      } else if (waiting.containsKey(month)) {
        months.computeIfAbsent(month, added -> new ArrayList<>()).add(position);
      }
    }
    return Flux.fromIterable(months.entrySet())
        .concatMap(month -> compare(month.getKey(), month.getValue()))
        .then()
        .timeout(COMPARE_TIMEOUT)
        .onErrorResume(failure -> TraceContext.run(() -> refuse(months, failure)));
  }

  /** Otherwise an event would be stored under the id of one that waits with other content. */
  private void refuse(Map<String, List<Integer>> months, Throwable failure) {
    log.warn("Events cannot be compared with those in the spool: {}", failure.getMessage());
    Unavailable refused = new Unavailable(true, "the spool did not answer in time");
    for (List<Integer> positions : months.values()) {
      for (int position : positions) {
        if (outcomes[position] == null) {
          outcomes[position] = refused;
        }
      }
    }
  }

  private Mono<Void> compare(String month, List<Integer> positions) {
    return spool
        .find(month, positions.stream().map(position -> event(position).id()).distinct().toList())
        .doOnNext(found -> {
          Map<String, SpoolEntry> waiting = new HashMap<>();
          found.forEach(entry -> waiting.put(entry.key(), entry));
          for (int position : positions) {
            SpoolEntry entry = waiting.get(event(position).id());
            if (entry != null) {
              outcomes[position] = compare(event(position), entry);
            }
          }
        })
        .then();
  }

  /** Writes the events without an outcome, to the store or to the spool at once. */
  Mono<Void> writeRest(Function<List<StoredEvent>, Mono<List<WriteOutcome>>> store) {
    List<Integer> forStore = new ArrayList<>();
    List<Integer> forSpool = new ArrayList<>();
    for (int position = 0; position < outcomes.length; position++) {
      if (outcomes[position] == null) {
        boolean spooled = forSpoolAtOnce[position] || unavailable.contains(month(position));
        (spooled ? forSpool : forStore).add(position);
      }
    }
    Mono<Void> stored =
        forStore.isEmpty()
            ? Mono.empty()
            : store
                .apply(forStore.stream().map(events::get).toList())
                .flatMap(found -> settle(forStore, found));
    return forSpool.isEmpty() ? stored : Mono.when(stored, spool(forSpool));
  }

  /**
   * Notes outcomes of the store, and spools the events that it is unavailable to.
   *
   * @param positions of the events that {@code found} has outcomes of
   */
  Mono<Void> settle(List<Integer> positions, List<WriteOutcome> found) {
    List<Integer> forSpool = new ArrayList<>();
    Map<String, String> reasons = new HashMap<>();
    for (int i = 0; i < found.size(); i++) {
      int position = positions.get(i);
      WriteOutcome outcome = found.get(i);
      outcomes[position] = outcome;
      if (outcome instanceof Unavailable refused && SpooledWrites.isForSpool(outcome)) {
        forSpool.add(position);
        reasons.putIfAbsent(month(position), refused.reason());
      }
    }
    return forSpool.isEmpty()
        ? Mono.empty()
        : spool(forSpool).then(TraceContext.run(() -> close(forSpool, reasons)));
  }

  /**
   * Sends the events that follow to the spool: an event that waits ends that, when it is stored.
   */
  private void close(List<Integer> positions, Map<String, String> reasons) {
    for (int position : positions) {
      if (outcomes[position] instanceof Spooled) {
        String month = month(position);
        unavailable.add(month, String.valueOf(reasons.get(month)));
      }
    }
  }

  private Mono<Void> spool(List<Integer> positions) {
    List<Integer> encoded = new ArrayList<>(positions.size());
    List<SpoolEntry> entries = new ArrayList<>(positions.size());
    for (int position : positions) {
      try {
        StoredEvent event = events.get(position);
        byte[] document = EventDocument.write(event);
        entries.add(
            new SpoolEntry(month(position), event.event().id(), event.receivedAt(), document));
        encoded.add(position);
      } catch (RuntimeException failure) {
        log.error("An event cannot be encoded for the spool", RedactedException.of(failure));
        outcomes[position] = new Defect();
      }
    }
    return spool
        .append(entries)
        .timeout(
            within.get().plus(SPOOL_TIME),
            Mono.just(refused(entries.size(), "the disk of the spool did not answer in time")))
        .doOnNext(results -> {
          for (int i = 0; i < encoded.size(); i++) {
            outcomes[encoded.get(i)] = outcome(encoded.get(i), results.get(i));
          }
        })
        .then();
  }

  private static List<Appended> refused(int entries, String reason) {
    return Collections.nCopies(entries, new Appended.Refused(false, reason));
  }

  private WriteOutcome outcome(int position, Appended appended) {
    return switch (appended) {
      case Appended.Accepted() -> new Spooled();
      case Appended.Present(var other) -> compare(event(position), other);
      case Appended.Refused(var overloaded, var reason) -> new Unavailable(overloaded, reason);
    };
  }

  /** What waits and cannot be read becomes a dead letter, so this event is not the same. */
  private static WriteOutcome compare(LogEvent event, SpoolEntry waiting) {
    try {
      return EventDocument.read(waiting.value()).event().equals(event)
          ? new Duplicate()
          : new Conflict();
    } catch (RuntimeException unreadable) {
      return new Conflict();
    }
  }
}
