package com.astrobookings.logs.elastic.tail;

import com.astrobookings.logs.store.tail.TailChunk;
import com.astrobookings.logs.store.tail.TailPosition;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What has become searchable between two polls, and the window after it as soon as there is one.
 * What readers with equal selections read of it is read once. Safe for use by several threads.
 */
final class Window {

  /** All that is kept for readers, of all windows together. */
  static final long MAX_KEPT_BYTES = 16 * 1024 * 1024;

  private final TailPosition from;
  private final TailPosition to;
  private final AtomicLong allKept;
  private final Map<Selection, Mono<Shared>> reads = new ConcurrentHashMap<>();
  private final Sinks.One<Window> following = Sinks.one();
  private volatile @Nullable Window next;

  // Guarded by this object.
  private long kept;
  private boolean released;

  /**
   * What was read for all readers of a selection.
   *
   * @param chunks the events, encoded; null if they are too many to be kept
   */
  record Shared(@Nullable List<TailChunk> chunks) {}

  /**
   * Creates a window.
   *
   * @param from exclusive; of the same months as {@code to}
   * @param to inclusive
   * @param allKept bytes that all windows keep
   */
  Window(TailPosition from, TailPosition to, AtomicLong allKept) {
    this.from = from;
    this.to = to;
    this.allKept = allKept;
  }

  TailPosition from() {
    return from;
  }

  TailPosition to() {
    return to;
  }

  /** Returns the window after this one; null if there is none yet. */
  @Nullable Window next() {
    return next;
  }

  /** Completes when there is a window after this one. */
  Mono<Void> awaitNext() {
    return following.asMono().then();
  }

  void append(Window window) {
    next = window;
    following.tryEmitValue(window);
  }

  /**
   * Returns what {@code read} gives, which is called for the first reader of the selection only. A
   * failure is not kept.
   */
  Mono<Shared> read(Selection selection, Function<Window, Mono<Shared>> read) {
    return reads.computeIfAbsent(
        selection, key -> read.apply(this).doOnError(failure -> reads.remove(key)).cache());
  }

  /** Takes memory for a chunk that is kept for readers, unless there is none. */
  synchronized boolean keep(TailChunk chunk) {
    if (released || allKept.addAndGet(chunk.bytes().length) > MAX_KEPT_BYTES) {
      allKept.addAndGet(released ? 0 : -chunk.bytes().length);
      return false;
    }
    kept += chunk.bytes().length;
    return true;
  }

  /** Whether nothing is kept of it any longer: readers that come now are too late to share. */
  synchronized boolean isReleased() {
    return released;
  }

  synchronized void release() {
    released = true;
    reads.clear();
    allKept.addAndGet(-kept);
    kept = 0;
  }
}
