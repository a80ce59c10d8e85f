package com.astrobookings.logs.store;

/** What became of one event that was written. */
public sealed interface WriteOutcome {

  /** It is there, and durable. */
  record Stored() implements WriteOutcome {}

  /** An event with the same id and the same content was there already; nothing changed. */
  record Duplicate() implements WriteOutcome {}

  /** An event with the same id and other content was there already; nothing changed. */
  record Conflict() implements WriteOutcome {}

  /**
   * The store read this very event and can never hold it.
   *
   * @param reason why, for the producer
   */
  record Rejected(String reason) implements WriteOutcome {}

  /**
   * The store does not take it now, for a reason that has nothing to do with the event or that an
   * operator can undo. It may have been stored all the same: written again it is stored once.
   *
   * @param overloaded whether the store asks to be sent less, rather than being out of service
   * @param reason why, for the operator
   */
  record Unavailable(boolean overloaded, String reason) implements WriteOutcome {}

  /**
   * The service itself fails on this very event, and has logged why. Nothing of it was written. It
   * is neither invalid nor rejected: who mends the service can store it.
   */
  record Defect() implements WriteOutcome {}
}
