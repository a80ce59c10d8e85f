package com.astrobookings.logs.web.body;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.util.Arrays;

/**
 * The bytes of one body: bounded, and paid for from the memory budget. Not safe for use by several
 * threads while it is read.
 */
public final class Body {

  private static final int FIRST_SIZE = 8 * 1024;

  private final int limit;
  private final MemoryBudget.Share share;
  private byte[] bytes;
  private int length;

  /**
   * An empty body.
   *
   * @param limit bytes it may have at most
   * @param expected bytes it will probably have; from 0 to the limit
   */
  Body(int limit, int expected, MemoryBudget.Share share) {
    this.limit = limit;
    this.share = share;
    share.raiseTo(expected);
    bytes = new byte[expected];
  }

  /** The bytes, and room behind them; not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many of the bytes belong to the body. */
  public int length() {
    return length;
  }

  /** Makes room for at least one more byte; the room is what lies after the length. */
  void makeRoom() {
    if (length == bytes.length) {
      int size = (int) Math.min(limit + 1L, Math.max(FIRST_SIZE, 2L * length));
      share.raiseTo(size);
      bytes = Arrays.copyOf(bytes, size);
    }
  }

  /** Says that {@code count} bytes have been put into the room. */
  void advance(int count) {
    length += count;
    if (length > limit) {
      throw tooLarge(limit);
    }
  }

  static ProblemException tooLarge(int limit) {
    return new ProblemException(
        ProblemType.TOO_LARGE,
        "The body has more than %,d bytes after decompression. Send the events in several requests."
            .formatted(limit));
  }
}
