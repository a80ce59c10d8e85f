package com.astrobookings.logs.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event. Two events are equal if their content is equal: every member after validation and
 * normalisation.
 *
 * <p>To add a type, add a record here and a constant to {@link EventType}; the compiler then
 * reports each {@code switch} that needs a case for it.
 */
public sealed interface LogEvent
    permits AuthEvent, ErrorEvent, NotifyEvent, ReconcileEvent, LogEvent.Unknown {

  /** The members that events of every type may have. */
  Envelope envelope();

  /** The type; null of {@link Unknown} only. */
  @Nullable EventType type();

  /** The idempotency key, from the producer or assigned. */
  default String id() {
    return envelope().id();
  }

  /** When it happened. */
  default Instant timestamp() {
    return envelope().timestamp();
  }

  /**
   * A stored event of a type that only a newer version of the service knows. It can be read,
   * without the members of its type, but not written.
   *
   * @param typeName the name of its type
   */
  record Unknown(Envelope envelope, String typeName) implements LogEvent {

    @Override
    public @Nullable EventType type() {
      return null;
    }
  }
}
