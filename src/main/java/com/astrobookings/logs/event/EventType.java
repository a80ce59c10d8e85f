package com.astrobookings.logs.event;

import java.util.List;
import java.util.function.BiFunction;

/** The kinds of events, by the names that producers and operators use. */
@SuppressWarnings("ImmutableEnumChecker") // both are immutable: List.of and a method reference
public enum EventType {
  /** An attempt to prove an identity. */
  AUTH(AuthEvent.FIELDS, AuthEvent::of),
  /** A failure that somebody has to look at. */
  ERROR(ErrorEvent.FIELDS, ErrorEvent::of),
  /** A comparison of two sets of records. */
  RECONCILE(ReconcileEvent.FIELDS, ReconcileEvent::of),
  /** A message to somebody outside. */
  NOTIFY(NotifyEvent.FIELDS, NotifyEvent::of);

  private final List<Field<?>> fields;
  private final BiFunction<Envelope, Values, LogEvent> factory;

  EventType(List<Field<?>> fields, BiFunction<Envelope, Values, LogEvent> factory) {
    this.fields = fields;
    this.factory = factory;
  }

  /** The members that only events of this type have, in the order of their declaration. */
  public List<Field<?>> fields() {
    return fields;
  }

  LogEvent create(Envelope envelope, Values values) {
    return factory.apply(envelope, values);
  }
}
