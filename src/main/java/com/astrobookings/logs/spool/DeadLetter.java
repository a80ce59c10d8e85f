package com.astrobookings.logs.spool;

import java.time.Instant;

/**
 * An entry that cannot be delivered, kept until somebody decides about it.
 *
 * @param id of this dead letter, greater than those of earlier ones
 * @param entry what could not be delivered
 * @param failure why
 */
public record DeadLetter(long id, SpoolEntry entry, Failure failure) {

  /**
   * Says why an entry cannot be delivered.
   *
   * @param reason one word of a closed list
   * @param detail a sentence for operators
   * @param at when that was found, to the millisecond
   */
  public record Failure(String reason, String detail, Instant at) {}

  /** What became of the request to send a dead letter again. */
  public enum Resend {
    /** It waits again, behind all others. */
    WAITING,
    /** There is no such dead letter. */
    UNKNOWN,
    /** An entry with the same partition and key waits already; the dead letter stays. */
    KEY_WAITS
  }
}
