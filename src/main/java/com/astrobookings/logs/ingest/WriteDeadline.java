package com.astrobookings.logs.ingest;

import com.astrobookings.logs.store.EventStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The time limits of a write. It is answered within ten seconds after the end of its body: decoded
 * within {@link #DECODE_TIMEOUT} and stored within {@link #WRITE_TIMEOUT} after that end, which
 * leaves two seconds for the response.
 *
 * @param receivedAt the end of the body
 */
record WriteDeadline(Instant receivedAt, Clock clock) {

  /** From the end of the body. A body that is decoded later would hardly be stored in time. */
  static final Duration DECODE_TIMEOUT = Duration.ofSeconds(4);

  /** From the end of the body. */
  static final Duration WRITE_TIMEOUT = EventStore.WRITE_TIMEOUT;

  /** The least time for a bulk request: a queued request that has less left is refused. */
  static final Duration MIN_BULK_TIME = Duration.ofSeconds(4);

  /**
   * Returns the time that is left for storing: from zero to {@link #WRITE_TIMEOUT}, also when the
   * clock is set meanwhile.
   */
  Duration remaining() {
    Duration elapsed = Duration.between(receivedAt, clock.instant());
    Duration left = WRITE_TIMEOUT.minus(elapsed.isNegative() ? Duration.ZERO : elapsed);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
