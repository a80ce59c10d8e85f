package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.Result;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event. Two events are equal if their content is equal: every member after validation and
 * normalisation.
 *
 * <p>A type is a record here and a constant of {@link EventType}. Members of different types have
 * different names.
 */
public sealed interface LogEvent
    permits AuthEvent, ErrorEvent, NotifyEvent, ReconcileEvent, LogEvent.Unknown {

  /** The members that events of every type may have. */
  Envelope envelope();

  /** The type; null of {@link Unknown} only. */
  @Nullable EventType type();

  /** The {@code event.category} of ECS; null if none fits. */
  @Nullable String category();

  /** How what happened ended; null if the type has no outcome. */
  @Nullable Result outcome();

  /** The {@code log.level}: {@code error}, {@code warn} or {@code info}. */
  String level();

  /** One line that says what happened. */
  String message();

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

    @Override
    public @Nullable String category() {
      return null;
    }

    @Override
    public @Nullable Result outcome() {
      return null;
    }

    @Override
    public String level() {
      return "info";
    }

    @Override
    public String message() {
      return typeName;
    }
  }
}
