package com.astrobookings.logs.spool;

/** What became of an entry that was to be appended. */
public sealed interface Appended {

  /** The entry is on disk and waits. */
  record Accepted() implements Appended {}

  /**
   * An entry with the same partition and key waits already; nothing changed.
   *
   * @param other the entry that waits
   */
  record Present(SpoolEntry other) implements Appended {}

  /**
   * There is no room, or the disk fails. The entry may be on disk nevertheless after a failure; it
   * is then in the spool when it is next opened.
   *
   * @param overloaded whether there is room but no time: more is appended than the disk takes
   * @param reason why, for operators
   */
  record Refused(boolean overloaded, String reason) implements Appended {}
}
