package com.astrobookings.logs.paging;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Writes to one month, one batch after the other, until it is closed. So what a search has seen of
 * it is everything up to some event, and nothing behind that one.
 */
final class Writer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ATTEMPTS = 5;

  private final EventStore store;
  private final InMemoryEventStore oracle;
  private final Moments moments;
  private final Random random;
  private final Events events;
  private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
  private volatile int searchable;
  private volatile boolean ended;
  private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

  /** A writer that tells the oracle of each event before it sends it. */
  Writer(EventStore store, InMemoryEventStore oracle, Moments moments, long seed) {
    this.store = store;
    this.oracle = oracle;
    this.moments = moments;
    this.random = new Random(seed);
    this.events = new Events(seed);
  }

  /** Writes so many batches of a hundred; returns when every search sees them. */
  Writer begin(int batches) {
    for (int i = 1; i < batches; i++) {
      write(100, RefreshPolicy.NONE);
    }
    write(100, RefreshPolicy.WAIT_FOR);
    return this;
  }

  /** Goes on beside the caller. Now and then it waits until searches see what it wrote. */
  void goOn() {
    running =
        CompletableFuture.runAsync(
            () -> {
              while (!ended) {
                write(
                    1 + random.nextInt(20),
                    random.nextInt(4) == 0 ? RefreshPolicy.WAIT_FOR : RefreshPolicy.NONE);
              }
            },
            task -> Thread.ofPlatform().name("writer").start(task));
  }

  boolean isRunning() {
    return !running.isDone();
  }

  /** Ids, in the order of writing, of those that every search sees by now, and maybe of others. */
  List<String> searchable() {
    int count = searchable;
    return List.copyOf(sent).subList(0, count);
  }

  /** Ids, in the order of writing, of all that it has sent. */
  List<String> sent() {
    return List.copyOf(sent);
  }

  private void write(int count, RefreshPolicy refresh) {
    List<StoredEvent> batch =
        Stream.generate(() -> events.next(moments.any(random))).limit(count).toList();
    oracle.write(batch, refresh).block(PATIENCE);
    batch.forEach(stored -> sent.add(stored.event().id()));
    List<WriteOutcome> outcomes = List.of();
    // On a busy machine a write may time out; like any producer, it then sends the batch again.
    for (int i = 0; i < ATTEMPTS && !isDone(outcomes); i++) {
      outcomes = Objects.requireNonNull(store.write(batch, refresh).block(PATIENCE));
    }
    assertThat(outcomes).matches(Writer::isDone);
    if (refresh == RefreshPolicy.WAIT_FOR) {
      searchable = sent.size();
    }
  }

  private static boolean isDone(List<? extends WriteOutcome> outcomes) {
    return !outcomes.isEmpty()
        && outcomes.stream().allMatch(o -> o instanceof Stored || o instanceof Duplicate);
  }

  /** Ends when the last batch is written; fails if one was not taken. */
  @Override
  public void close() {
    ended = true;
    running.join();
  }
}
