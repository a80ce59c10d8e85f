package com.astrobookings.logs.event;

import org.jspecify.annotations.Nullable;

/**
 * A stored event of a type that only a newer version of the service knows. It can be read, without
 * the members of its type, but not written.
 *
 * @param envelope the members that events of every type have
 * @param typeName the name of its type
 */
public record UnknownEvent(Envelope envelope, String typeName) implements LogEvent {

  @Override
  public @Nullable EventType type() {
    return null;
  }
}
