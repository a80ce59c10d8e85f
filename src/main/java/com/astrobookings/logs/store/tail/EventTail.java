package com.astrobookings.logs.store.tail;

import reactor.core.publisher.Mono;

/**
 * Follows the store: gives every event that becomes searchable, whichever instance wrote it,
 * exactly once for each position at which a reader begins.
 */
public interface EventTail {

  /**
   * Opens a reader.
   *
   * @param encoder encodes what it reads; readers with equal queries and the same encoder share
   *     what is encoded
   * @return the reader, which must be closed; fails with {@link PositionGoneException} if the
   *     position can no longer be resumed, with {@link
   *     com.astrobookings.logs.store.StoreUnavailableException} if any part of the store does not
   *     answer, and with {@link com.astrobookings.logs.event.value.InvalidValueException} if the
   *     query is more than the store can evaluate
   */
  Mono<TailReader> open(TailRequest request, TailEncoder encoder);
}
