package com.astrobookings.logs.elastic.read;

import com.astrobookings.logs.store.memory.NoRoomException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Bounds how many searches Elasticsearch works on at once, because a search can cost it seconds of
 * processor time that writes need; and how many exports. Searches beyond the bound wait. The caller
 * with the fewest searches under way is next, among equals the one that waits longest; and no
 * caller has more than half of the bound, so that one caller's long searches leave room for the
 * others. Safe for use by several threads.
 */
public final class SearchLimiter {

  private final int max;
  private final int maxOfOne;
  private final Duration timeout;

  // Guarded by this object. Callers are here as long as they have searches under way or waiting.
  private final Map<String, Searches> callers = new LinkedHashMap<>();
  private int running;

  /** Calls of {@link #startNext} that the thread in its loop has not seen yet. */
  private final AtomicInteger changes = new AtomicInteger();

  /**
   * Creates a limiter.
   *
   * @param max searches at once of all callers; at least one
   * @param timeout how long a search may wait
   */
  public SearchLimiter(int max, Duration timeout) {
    this.max = max;
    this.maxOfOne = (max + 1) / 2;
    this.timeout = timeout;
  }

  /**
   * Runs {@code search} when it is its turn.
   *
   * @param caller on whose behalf
   * @return what it gives; fails with {@link NoRoomException} if it had to wait for too long
   */
  public <T> Mono<T> limit(String caller, Mono<T> search) {
    return turn(caller)
        .timeout(timeout)
        .onErrorMap(TimeoutException.class, e -> new NoRoomException())
        .flatMap(turn -> search.doFinally(end -> end(turn)));
  }

  /** Runs {@code search} when it is its turn, however long that takes. */
  <T> Mono<T> await(String caller, Mono<T> search) {
    return turn(caller).flatMap(turn -> search.doFinally(end -> end(turn)));
  }

  private Mono<Turn> turn(String caller) {
    return Mono.create(sink -> {
      Turn turn = new Turn(caller, sink);
      sink.onCancel(() -> end(turn));
      join(turn);
      startNext();
    });
  }

  private synchronized void join(Turn turn) {
    callers.computeIfAbsent(turn.caller, name -> new Searches()).waiting.add(turn);
  }

  /** Ends a search under way, or leaves the queue; does nothing the second time. */
  private void end(Turn turn) {
    synchronized (this) {
      Searches searches = callers.get(turn.caller);
      if (searches == null || turn.ended) {
        return;
      }
      turn.ended = true;
      if (!searches.waiting.remove(turn)) {
        searches.running--;
        running--;
      }
      if (searches.running == 0 && searches.waiting.isEmpty()) {
        callers.remove(turn.caller);
      }
    }
    startNext();
  }

  /**
   * Starts searches while there is room. They start on this thread and outside of the lock; what
   * ends at once leaves it to the loop to start the next.
   */
  private void startNext() {
    if (changes.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    while (seen > 0) {
      for (Turn next = next(); next != null; next = next()) {
        next.sink.success(next);
      }
      seen = changes.addAndGet(-seen);
    }
  }

  private synchronized @Nullable Turn next() {
    if (running == max) {
      return null;
    }
    Optional<Searches> fewest =
        callers.values().stream()
            .filter(searches -> !searches.waiting.isEmpty() && searches.running < maxOfOne)
            .min(Comparator.comparingInt(searches -> searches.running));
    if (fewest.isEmpty()) {
      return null;
    }
    running++;
    fewest.get().running++;
    return fewest.get().waiting.remove();
  }

  /** The searches of one caller. */
  private static final class Searches {
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private int running;
  }

  /** A search that waits or is under way. */
  private static final class Turn {
    private final String caller;
    private final MonoSink<Turn> sink;
    private boolean ended;

    Turn(String caller, MonoSink<Turn> sink) {
      this.caller = caller;
      this.sink = sink;
    }
  }
}
