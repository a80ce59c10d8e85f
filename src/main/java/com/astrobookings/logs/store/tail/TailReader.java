package com.astrobookings.logs.store.tail;

import reactor.core.publisher.Mono;

/** Reads one tail, chunk by chunk, at the pace of its caller. For one caller at a time. */
public interface TailReader extends AutoCloseable {

  /** Returns where the tail begins. */
  TailPosition start();

  /**
   * Returns the following chunk as soon as there is one; it may be a mere {@linkplain
   * TailChunk#progress progress}. Nothing is read ahead of the calls. While the store does not
   * answer it waits. It fails as {@link EventTail#open} does; then the tail has ended. A call that
   * was cancelled may be followed by another one only after {@link #close}.
   */
  Mono<TailChunk> next();

  /** Whether the store does not answer at present, so that no event can come. */
  boolean isWaitingForStore();

  /** Whether the reader has fallen behind what the other readers have read. */
  boolean isBehind();

  @Override
  void close();
}
