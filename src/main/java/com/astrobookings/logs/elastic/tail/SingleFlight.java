package com.astrobookings.logs.elastic.tail;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Runs a task for many callers, never twice at once: each gets the result of a run that began after
 * it subscribed. Safe for use by several threads.
 */
final class SingleFlight<T> {

  private final Mono<T> task;

  // Guarded by this object.
  private Sinks.@Nullable One<T> queued;
  private boolean running;

  /**
   * Creates an instance.
   *
   * @param task gives exactly one value or fails
   */
  SingleFlight(Mono<T> task) {
    this.task = task;
  }

  /** Returns the result of a run that begins from now on. */
  Mono<T> run() {
    return Mono.defer(() -> {
      Sinks.One<T> mine = queue();
      if (start()) {
        runQueued();
      }
      return mine.asMono();
    });
  }

  private synchronized Sinks.One<T> queue() {
    if (queued == null) {
      queued = Sinks.one();
    }
    return queued;
  }

  private synchronized boolean start() {
    boolean first = !running;
    running = true;
    return first;
  }

  private synchronized Sinks.@Nullable One<T> next() {
    Sinks.One<T> next = queued;
    queued = null;
    running = next != null;
    return next;
  }

  private void runQueued() {
    Sinks.One<T> waiting = next();
    if (waiting != null) {
      task.subscribe(
          result -> {
            waiting.tryEmitValue(result);
            runQueued();
          },
          failure -> {
            waiting.tryEmitError(failure);
            runQueued();
          });
    }
  }
}
