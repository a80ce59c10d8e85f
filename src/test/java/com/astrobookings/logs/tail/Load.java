package com.astrobookings.logs.tail;

import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Writes events of some months, batch after batch, until it is closed. */
final class Load implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final EventStore store;
  private final Random random;
  private final Events events;
  private final int batch;
  private final Duration pause;
  private final List<Instant> months = new CopyOnWriteArrayList<>();
  private final List<StoredEvent> written = new ArrayList<>();
  private final CompletableFuture<Void> running;
  private volatile boolean ended;

  /** Begins to write to the month of {@code month}. */
  Load(EventStore store, long seed, Instant month, int batch, Duration pause) {
    this.store = store;
    this.random = new Random(seed);
    this.events = new Events(seed);
    this.batch = batch;
    this.pause = pause;
    months.add(month);
    running =
        CompletableFuture.runAsync(
            this::write, task -> Thread.ofPlatform().name("load").start(task));
  }

  /** Writes to one more month from now on. */
  void addMonth(Instant month) {
    months.add(month);
  }

  synchronized int count() {
    return written.size();
  }

  /** All that is stored. */
  synchronized List<StoredEvent> written() {
    return List.copyOf(written);
  }

  private void write() {
    while (!ended) {
      List<StoredEvent> next =
          Stream.generate(this::event).limit(1 + random.nextInt(2 * batch)).toList();
      // Like any producer, it sends again what was not taken.
      List<WriteOutcome> outcomes = List.of();
      while (outcomes.isEmpty() || !outcomes.stream().allMatch(Load::isStored)) {
        outcomes = store.write(next, RefreshPolicy.NONE).block(PATIENCE);
      }
      synchronized (this) {
        written.addAll(next);
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static boolean isStored(WriteOutcome outcome) {
    return outcome instanceof Stored || outcome instanceof Duplicate;
  }

  private StoredEvent event() {
    Instant month = months.get(random.nextInt(months.size()));
    return events.next(month.plusNanos(random.nextLong(86_400_000_000_000L)));
  }

  @Override
  public void close() {
    ended = true;
    running.join();
  }
}
