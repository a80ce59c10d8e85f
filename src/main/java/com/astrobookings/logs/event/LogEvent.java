package com.astrobookings.logs.event;

import java.time.Instant;

/**
 * Something that happened and that operators may want to know. Two events are equal when their
 * content is: every member after validation and normalisation.
 *
 * <p>A further type is one more record here, one more constant of {@link EventType}, and whatever
 * the compiler then asks for.
 */
public sealed interface LogEvent permits AuthEvent, ErrorEvent, NotifyEvent, ReconcileEvent {

  /** What all types have in common. */
  Envelope envelope();

  /** The type that producers and operators name. */
  EventType type();

  /** The idempotency key, given or assigned. */
  default String id() {
    return envelope().id();
  }

  /** When it happened. */
  default Instant timestamp() {
    return envelope().timestamp();
  }
}
