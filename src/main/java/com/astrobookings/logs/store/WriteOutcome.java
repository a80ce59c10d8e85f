package com.astrobookings.logs.store;

/** The outcome of the write of one event. */
public sealed interface WriteOutcome {

  /** The event is stored and durable. */
  record Stored() implements WriteOutcome {}

  /** An event with the same id and the same content was stored before; nothing changed. */
  record Duplicate() implements WriteOutcome {}

  /** An event with the same id and other content was stored before; nothing changed. */
  record Conflict() implements WriteOutcome {}

  /**
   * The store is unavailable; the event is durable in the spool of this instance, and is written as
   * soon as the store is available. Never the outcome of a store itself.
   */
  record Spooled() implements WriteOutcome {}

  /**
   * The store parsed the event and cannot store it, now or later.
   *
   * @param reason why, for the producer
   */
  record Rejected(String reason) implements WriteOutcome {}

  /**
   * The store does not accept the event now, for a reason that does not lie in the event or that an
   * operator can remove. The event may have been stored nevertheless; written again it is stored
   * once.
   *
   * @param overloaded whether the store asks to be sent less, rather than being out of service
   * @param reason why, for the operator
   */
  record Unavailable(boolean overloaded, String reason) implements WriteOutcome {}

  /**
   * A defect of the service prevents the write of this event, and is logged. Nothing was written.
   * The event is neither invalid nor rejected: a corrected service can store it.
   */
  record Defect() implements WriteOutcome {}
}
