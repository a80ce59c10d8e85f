package com.astrobookings.logs.web.body;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.springframework.core.io.buffer.DataBuffer;

/**
 * Collects the bytes of one body in an array that grows as they come. Not safe for use by several
 * threads while it grows.
 */
public final class Body {

  private static final int MIN_ARRAY_SIZE = 8 * 1024;

  private final int limit;
  private final IntConsumer memory;
  private byte[] bytes = new byte[0];
  private int length;

  /**
   * Creates an empty body.
   *
   * @param limit bytes it may have at most
   * @param memory is told the size of each array before it is created, and throws if there is no
   *     memory for it
   */
  Body(int limit, IntConsumer memory) {
    this.limit = limit;
    this.memory = memory;
  }

  /** Returns the array of the body, not a copy; what lies beyond the length has no meaning. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns how many bytes of the array belong to the body. */
  public int length() {
    return length;
  }

  /**
   * Appends what {@code buffer} holds. The array grows at least to twice its size, but to no more
   * than {@code expected} bytes unless the buffer needs them.
   *
   * @param expected bytes of the whole body, if they are known; otherwise the limit
   * @throws ProblemException if the body is larger than its limit
   */
  void append(DataBuffer buffer, int expected) {
    int count = buffer.readableByteCount();
    if (count > limit - length) {
      throw tooLarge(limit);
    }
    if (count > bytes.length - length) {
      grow(Math.max(length + count, Math.min(expected, doubled())));
    }
    buffer.read(bytes, length, count);
    length += count;
  }

  /**
   * Appends everything that {@code in} has.
   *
   * @throws ProblemException if the body is larger than its limit; one byte more is read then
   */
  void append(InputStream in) throws IOException {
    int count = 0;
    while (count >= 0) {
      length += count;
      if (length == limit) {
        if (in.read() >= 0) {
          throw tooLarge(limit);
        }
        return;
      }
      if (length == bytes.length) {
        grow(Math.min(limit, doubled()));
      }
      count = in.read(bytes, length, bytes.length - length);
    }
  }

  private int doubled() {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(MIN_ARRAY_SIZE, 2L * bytes.length));
  }

  private void grow(int size) {
    memory.accept(size);
    bytes = Arrays.copyOf(bytes, size);
  }

  static ProblemException tooLarge(int limit) {
    return new ProblemException(
        ProblemType.TOO_LARGE,
        "The body has more than %,d bytes after decompression. Send the events in several requests."
            .formatted(limit));
  }
}
