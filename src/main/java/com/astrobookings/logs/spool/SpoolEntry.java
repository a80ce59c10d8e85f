package com.astrobookings.logs.spool;

import java.time.Instant;

/**
 * One entry of a spool. No two entries that wait have the same partition and key.
 *
 * <p>The bytes of the value are not copied, and must not be changed.
 */
public final class SpoolEntry {

  /** About what SQLite adds to the bytes of an entry: a row and its places in two indices. */
  private static final int OVERHEAD_BYTES = 64;

  private final String partition;
  private final String key;
  private final Instant at;
  private final byte[] value;

  /**
   * Creates an entry.
   *
   * @param partition which entries it is read with
   * @param key unique among the waiting entries of its partition
   * @param at when it came into being, to the millisecond
   * @param value its content
   */
  public SpoolEntry(String partition, String key, Instant at, byte[] value) {
    this.partition = partition;
    this.key = key;
    this.at = at;
    this.value = value;
  }

  /** Returns which entries it is read with. */
  public String partition() {
    return partition;
  }

  /** Returns what is unique among the waiting entries of its partition. */
  public String key() {
    return key;
  }

  /** Returns when it came into being, to the millisecond. */
  public Instant at() {
    return at;
  }

  /** Returns its content. */
  public byte[] value() {
    return value;
  }

  /** Returns about how many bytes it takes on disk. Keys stand in the row and in an index. */
  long size() {
    return value.length + 2L * (partition.length() + key.length()) + OVERHEAD_BYTES;
  }
}
