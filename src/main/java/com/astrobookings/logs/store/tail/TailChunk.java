package com.astrobookings.logs.store.tail;

/**
 * Consecutive events of a tail, encoded. Readers share chunks: nobody may change the bytes.
 *
 * @param bytes the encoded events; empty if only the position has moved
 * @param events how many they are
 * @param end where to resume after them
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied for nobody
public record TailChunk(byte[] bytes, int events, TailPosition end) {

  /** Returns a chunk without events: all before {@code end} has been read, and nothing matched. */
  public static TailChunk progress(TailPosition end) {
    return new TailChunk(new byte[0], 0, end);
  }
}
