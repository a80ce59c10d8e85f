package com.astrobookings.logs.query.export;

import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Cuts what is written into chunks of equal size. Not safe for use by several threads. */
final class Chunks extends OutputStream {

  /** The bytes of a chunk. */
  static final int SIZE = 16 * 1024;

  private final Deque<byte[]> full = new ArrayDeque<>();
  private byte[] chunk = new byte[SIZE];
  private int length;

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    int from = offset;
    int left = count;
    while (left > 0) {
      int fitting = Math.min(left, SIZE - length);
      System.arraycopy(bytes, from, chunk, length, fitting);
      length += fitting;
      from += fitting;
      left -= fitting;
      if (length == SIZE) {
        full.add(chunk);
        chunk = new byte[SIZE];
        length = 0;
      }
    }
  }

  /** Whether there is no full chunk. */
  boolean isEmpty() {
    return full.isEmpty();
  }

  /**
   * Removes the next chunk.
   *
   * @param partial whether to take the last one as it is
   * @return null if there is none
   */
  byte @Nullable [] poll(boolean partial) {
    byte[] next = full.poll();
    if (next == null && partial && length > 0) {
      next = Arrays.copyOf(chunk, length);
      length = 0;
    }
    return next;
  }
}
