package com.astrobookings.logs.elastic.tail;

import com.astrobookings.logs.elastic.tail.ShardNumbers.Primaries;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.store.tail.TailPosition;
import com.astrobookings.logs.store.tail.TailPosition.Month;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Finds out what has become searchable, for all readers of this instance: asks for the global
 * checkpoints of the shards, refreshes the months that have moved, and appends a {@link Window}.
 * Polls while there are readers. Safe for use by several threads.
 */
final class SharedPoll {

  private static final Logger log = LoggerFactory.getLogger(SharedPoll.class);

  private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

  /** Windows that are kept for readers that come later than others. */
  private static final int MAX_WINDOWS = 8;

  private final ShardNumbers numbers;
  private final Duration interval;
  private final Clock clock;
  private final SingleFlight<Window> polls = new SingleFlight<>(Mono.defer(this::poll));
  private final Map<YearMonth, Month> dropped = new ConcurrentHashMap<>();
  private volatile SortedMap<YearMonth, Primaries> answered = Collections.emptySortedMap();
  private final AtomicLong keptBytes = new AtomicLong();
  private volatile @Nullable Window latest;
  private final AtomicInteger failures = new AtomicInteger();

  // Guarded by this object.
  private final Deque<Window> kept = new ArrayDeque<>();
  private int readers;
  private boolean looping;
  private Instant seen;

  /**
   * Creates a poll that does not run yet.
   *
   * @param interval the pause between two polls
   */
  SharedPoll(ShardNumbers numbers, Duration interval, Clock clock) {
    this.numbers = numbers;
    this.interval = interval;
    this.clock = clock;
    this.seen = clock.instant();
  }

  /** Counts a reader, for which it polls from now on. */
  void join() {
    boolean begins;
    synchronized (this) {
      readers++;
      begins = !looping;
      looping = true;
    }
    if (begins) {
      polls
          .run()
          .onErrorComplete()
          .then(Mono.defer(() -> Mono.delay(pause())))
          .repeat(this::goesOn)
          .subscribe();
    }
  }

  /** Forgets a reader. */
  synchronized void leave() {
    readers--;
  }

  private synchronized boolean goesOn() {
    looping = readers > 0;
    return looping;
  }

  private Duration pause() {
    int failed = failures.get();
    Duration longer = interval.multipliedBy(1L << Math.min(failed, 10));
    return failed == 0 || longer.compareTo(MAX_PAUSE) < 0 ? longer : MAX_PAUSE;
  }

  /** Returns for how long no poll has succeeded; zero while there are no readers. */
  synchronized Duration lag() {
    return readers == 0 ? Duration.ZERO : Duration.between(seen, clock.instant());
  }

  private synchronized void noteSuccess() {
    failures.set(0);
    seen = clock.instant();
  }

  /** Returns the latest window after a poll that begins from now on; fails if that poll does. */
  Mono<Window> fresh() {
    return polls.run();
  }

  /** Whether the last poll failed. */
  boolean isFailing() {
    return failures.get() > 0;
  }

  /** Returns the latest window; there is one as soon as a poll has succeeded. */
  Window latest() {
    Window window = latest;
    if (window == null) {
      throw new IllegalStateException("No poll has succeeded yet");
    }
    return window;
  }

  /**
   * Moves a position to the months of {@code window}.
   *
   * @throws com.astrobookings.logs.store.tail.PositionGoneException if that is impossible
   */
  TailPosition align(TailPosition position, Window window) {
    return Resumption.align(position, window.to(), dropped);
  }

  /** Returns the primaries that answered the last poll. */
  SortedMap<YearMonth, Primaries> answered() {
    return answered;
  }

  /** Returns the months that no longer exist, where they ended. */
  Map<YearMonth, Month> dropped() {
    return dropped;
  }

  /** Returns the months that exist now, available or not. */
  Mono<Collection<YearMonth>> existing() {
    return numbers.shards().map(Map::keySet);
  }

  private Mono<Window> poll() {
    Window before = latest;
    return numbers
        .primaries()
        .doOnNext(found -> answered = found)
        .flatMap(found -> before == null ? first(found) : next(before, found))
        .doOnSuccess(done -> noteSuccess())
        .doOnError(this::noteFailure);
  }

  private void noteFailure(Throwable failure) {
    failures.incrementAndGet();
    log.debug("Tails wait for the event store: {}", Failures.describe(failure));
  }

  private Mono<Window> first(SortedMap<YearMonth, Primaries> found) {
    return numbers
        .shards()
        .map(existing -> Checkpoints.first(found, existing))
        .delayUntil(position -> refresh(position.months().stream().map(Month::month).toList()))
        .map(position -> publish(new Window(position, position, keptBytes)));
  }

  private Mono<Window> next(Window before, SortedMap<YearMonth, Primaries> found) {
    TailPosition known = before.to();
    Mono<TailPosition> next =
        Checkpoints.areExpected(known, found)
            ? Mono.fromSupplier(() -> Checkpoints.next(known, found))
            : numbers
                .shards()
                .doOnNext(existing -> noteDropped(known, existing.keySet()))
                .map(existing -> Checkpoints.next(known, found, existing));
    return next.delayUntil(position -> refresh(Checkpoints.moved(known, position)))
        .map(position ->
            position.equals(known)
                ? before
                : publish(new Window(Checkpoints.from(known, position), position, keptBytes)));
  }

  private void noteDropped(TailPosition known, Collection<YearMonth> existing) {
    known.months().stream()
        .filter(month -> !existing.contains(month.month()))
        .forEach(month -> dropped.put(month.month(), month));
  }

  private Mono<Void> refresh(List<YearMonth> months) {
    return months.isEmpty() ? Mono.empty() : numbers.refresh(months);
  }

  private Window publish(Window window) {
    Window before = latest;
    latest = window;
    if (before != null) {
      before.append(window);
    }
    synchronized (this) {
      // A full memory must not keep the newest window from being shared.
      while (kept.size() >= MAX_WINDOWS
          || (kept.size() > 1 && keptBytes.get() > Window.MAX_KEPT_BYTES / 2)) {
        kept.remove().release();
      }
      kept.add(window);
    }
    return window;
  }
}
