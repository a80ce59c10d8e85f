package com.astrobookings.logs.ingest.spooling;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.spool.Spool;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Stores the events that wait in the spool: of each month the oldest first, the months in turn, one
 * batch at a time. While other writes go to the store, it takes at most half of the time, in small
 * batches. This is the one place of the service that writes again what could not be written.
 *
 * <p>A month that the store is unavailable to is tried with a few of its events, less and less
 * often, beside the others. When one of them is stored, the month is available again for everybody,
 * and all months are tried again.
 */
final class Drainer implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Drainer.class);

  static final Duration INTERVAL = Duration.ofMillis(200);

  private static final int MAX_EVENTS = 4_000;
  private static final int MAX_EVENTS_UNDER_LOAD = 1_000;

  /** A batch is written in parts, as many at a time as it has, like the requests of producers. */
  private static final int WRITE_EVENTS = 1_000;

  private static final int PROBE_EVENTS = 10;
  private static final long MAX_BYTES = 4 << 20;
  private static final int MAX_PROBES = 4;

  private final Spool spool;
  private final EventStore store;
  private final UnavailableMonths unavailable;
  private final SpooledWrites writes;
  private final SpoolMetrics metrics;
  private final Clock clock;
  private final Scheduler scheduler;
  private volatile @Nullable Disposable schedule;

  // All that follows is guarded by this object.
  private final Map<String, MonthDrain> months = new HashMap<>();
  private boolean draining;
  private int probes;
  private long restUntil;
  private long seenWrites;
  private boolean underLoad;

  Drainer(
      Spool spool,
      EventStore store,
      UnavailableMonths unavailable,
      SpooledWrites writes,
      SpoolMetrics metrics,
      Clock clock,
      Scheduler scheduler) {
    this.spool = spool;
    this.store = store;
    this.unavailable = unavailable;
    this.writes = writes;
    this.metrics = metrics;
    this.clock = clock;
    this.scheduler = scheduler;
  }

  @Override
  public void start() {
    schedule =
        scheduler.schedulePeriodically(this::tick, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    Disposable running = schedule;
    if (running != null) {
      running.dispose();
      schedule = null;
    }
  }

  @Override
  public boolean isRunning() {
    return schedule != null;
  }

  private long now() {
    return scheduler.now(TimeUnit.MILLISECONDS);
  }

  /** Begins what is due. */
  private synchronized void tick() {
    if (!isRunning()) {
      return;
    }
    Map<String, Long> waiting = spool.state().waiting();
    waiting.keySet().forEach(month -> months.computeIfAbsent(month, MonthDrain::new));
    forgetEmptyMonths(waiting);
    long now = now();
    months.values().stream()
        .filter(month -> month.isDue(now) && unavailable.contains(month.month()))
        .limit(Math.max(0, MAX_PROBES - probes))
        .toList()
        .forEach(this::probe);
    if (!draining && now >= restUntil) {
      months.values().stream()
          .filter(month -> month.isDue(now) && !unavailable.contains(month.month()))
          .min(Comparator.comparingLong(MonthDrain::lastRun))
          .ifPresent(this::drain);
    }
  }

  private void forgetEmptyMonths(Map<String, Long> waiting) {
    months.values().removeIf(month -> !month.isRunning() && !waiting.containsKey(month.month()));
    if (!unavailable.isEmpty()) {
      unavailable.all().keySet().stream()
          .filter(month -> !waiting.containsKey(month))
          .forEach(month -> unavailable.remove(month, 0));
    }
  }

  private void probe(MonthDrain month) {
    probes++;
    month.begin(now());
    run(month, PROBE_EVENTS, () -> probes--);
  }

  private void drain(MonthDrain month) {
    draining = true;
    long begin = now();
    month.begin(begin);
    run(
        month,
        underLoad ? MAX_EVENTS_UNDER_LOAD : MAX_EVENTS,
        () -> {
          draining = false;
          rest(now() - begin);
        });
  }

  /** Leaves the store to others for as long as the last batch took, if there are any. */
  private void rest(long millis) {
    long all = writes.writes();
    underLoad = all != seenWrites;
    seenWrites = all;
    if (underLoad) {
      restUntil = now() + millis;
      scheduler.schedule(this::tick, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void run(MonthDrain month, int maxEvents, Runnable end) {
    Mono<Optional<Batch>> read = month.takeNext();
    (read == null ? read(month, month.position(), maxEvents) : read)
        .flatMap(found ->
            found.map(batch -> write(month, batch, maxEvents)).orElseGet(() -> atEnd(month)))
        .onErrorResume(failure -> {
          log.warn("The spool cannot be drained: {}", failure.toString());
          return pause(month, month.position());
        })
        .doFinally(signal -> ended(month, end))
        .subscribe();
  }

  private synchronized void ended(MonthDrain month, Runnable end) {
    month.end();
    end.run();
    tick();
  }

  private Mono<Optional<Batch>> read(MonthDrain month, long position, int maxEvents) {
    return spool
        .read(month.month(), position, maxEvents, MAX_BYTES)
        .map(entries ->
            entries.isEmpty() ? Optional.empty() : Optional.of(Batch.of(entries, clock.instant())));
  }

  private Mono<Void> write(MonthDrain month, Batch batch, int maxEvents) {
    if (maxEvents > PROBE_EVENTS) {
      readAhead(month, batch, maxEvents);
    }
    List<StoredEvent> events = batch.events();
    Mono<Void> written =
        events.isEmpty()
            ? Mono.empty()
            : write(events).doOnNext(outcomes -> batch.settle(outcomes, clock.instant())).then();
    return written.then(Mono.defer(() -> settle(month, batch)));
  }

  private Mono<List<WriteOutcome>> write(List<StoredEvent> events) {
    return Flux.range(0, (events.size() + WRITE_EVENTS - 1) / WRITE_EVENTS)
        .map(part -> part * WRITE_EVENTS)
        .map(from -> events.subList(from, Math.min(events.size(), from + WRITE_EVENTS)))
        .flatMapSequential(part -> store.write(part, RefreshPolicy.NONE))
        .<List<WriteOutcome>>reduce(
            new ArrayList<>(events.size()),
            (all, outcomes) -> {
              all.addAll(outcomes);
              return all;
            });
  }

  private synchronized void readAhead(MonthDrain month, Batch batch, int maxEvents) {
    Mono<Optional<Batch>> next = read(month, batch.last(), maxEvents).cache();
    next.subscribe(read -> {}, failure -> log.debug("The next batch cannot be read", failure));
    month.readAhead(next);
  }

  private Mono<Void> settle(MonthDrain month, Batch batch) {
    batch.stored().forEach(event -> metrics.stored(event, clock.instant()));
    spool.acknowledge(batch.delivered()).subscribe();
    Mono<Void> buried =
        batch.dead().isEmpty()
            ? Mono.empty()
            : spool
                .bury(batch.dead())
                .doOnSuccess(done -> metrics.log(batch))
                .onErrorResume(failure ->
                    Mono.fromRunnable(() ->
                        log.warn("Dead letters cannot be written: {}", failure.getMessage())));
    return buried.then(Mono.fromRunnable(() -> goOn(month, batch)));
  }

  private synchronized void goOn(MonthDrain month, Batch batch) {
    Unavailable reason = batch.unavailable();
    if (reason != null && !batch.progressed()) {
      month.advanceAfterPause(batch.last(), now());
      if (!reason.overloaded()) {
        unavailable.add(month.month(), reason.reason());
      }
    } else if (unavailable.contains(month.month())) {
      unavailable.remove(month.month(), spool.state().waiting().getOrDefault(month.month(), 0L));
      months.values().forEach(MonthDrain::restart);
    } else {
      month.advance(batch.last());
    }
  }

  /** What still waits could not be stored before; it is tried again after a pause. */
  private Mono<Void> atEnd(MonthDrain month) {
    return pause(month, 0);
  }

  private Mono<Void> pause(MonthDrain month, long position) {
    return Mono.fromRunnable(() -> {
      synchronized (this) {
        month.advanceAfterPause(position, now());
      }
    });
  }
}
