package com.astrobookings.logs.event;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of events. */
@SuppressWarnings("ImmutableEnumChecker") // both are immutable: List.of and a method reference
public enum EventType {
  /** An authentication attempt. */
  AUTH(AuthEvent.class, AuthEvent.FIELDS, AuthEvent::of),
  /** A critical error. */
  ERROR(ErrorEvent.class, ErrorEvent.FIELDS, ErrorEvent::of),
  /** A data reconciliation. */
  RECONCILE(ReconcileEvent.class, ReconcileEvent.FIELDS, ReconcileEvent::of),
  /** A notification job. */
  NOTIFY(NotifyEvent.class, NotifyEvent.FIELDS, NotifyEvent::of);

  private final Class<? extends LogEvent> eventClass;
  private final List<Field<?>> fields;
  private final BiFunction<Envelope, Values, LogEvent> factory;

  EventType(
      Class<? extends LogEvent> eventClass,
      List<Field<?>> fields,
      BiFunction<Envelope, Values, LogEvent> factory) {
    this.eventClass = eventClass;
    this.fields = fields;
    this.factory = factory;
  }

  /** The members that only events of this type have, in the order of their declaration. */
  public List<Field<?>> fields() {
    return fields;
  }

  /** All types, separated by commas. */
  static String names() {
    return Stream.of(values()).map(Enum::name).collect(Collectors.joining(", "));
  }

  Class<? extends LogEvent> eventClass() {
    return eventClass;
  }

  LogEvent create(Envelope envelope, Values values) {
    return factory.apply(envelope, values);
  }
}
