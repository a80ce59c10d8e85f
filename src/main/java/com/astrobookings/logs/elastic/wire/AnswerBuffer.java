package com.astrobookings.logs.elastic.wire;

import com.astrobookings.logs.store.memory.NoRoomException;
import com.astrobookings.logs.store.memory.ReadMemory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.apache.hc.core5.http.ContentTooLongException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one answer as they arrive. Each is paid for twice: when the answer is read, what is
 * read from it lies in memory beside it; and while the buffer grows, so does its earlier self.
 */
final class AnswerBuffer extends AbstractBinAsyncEntityConsumer<ByteArrayEntity> {

  private static final int FIRST_SIZE = 16 * 1024;

  private final LongPredicate room;
  private final long held;
  private final int largest;
  private final Consumer<Exception> refuse;
  private @Nullable ContentType type;
  private byte[] bytes = new byte[0];
  private int length;
  private boolean refused;

  /**
   * A buffer for what a place has room for.
   *
   * @param held what the read holds already
   * @param refuse told once why the answer cannot be held; what still arrives is thrown away
   */
  AnswerBuffer(ReadMemory.Share memory, long held, Consumer<Exception> refuse) {
    this(memory::raiseTo, held, (int) Math.max(0, (ReadMemory.PLACE - held) / 2), refuse);
  }

  /** A buffer of at most {@code largest} bytes, for which there is room. */
  AnswerBuffer(int largest, Consumer<Exception> refuse) {
    this(bytes -> true, 0, largest, refuse);
  }

  private AnswerBuffer(LongPredicate room, long held, int largest, Consumer<Exception> refuse) {
    this.room = room;
    this.held = held;
    this.largest = largest;
    this.refuse = refuse;
  }

  @Override
  protected void streamStart(@Nullable ContentType contentType) {
    type = contentType;
  }

  @Override
  protected int capacityIncrement() {
    return Integer.MAX_VALUE;
  }

  @Override
  protected void data(ByteBuffer piece, boolean endOfStream) {
    int count = piece.remaining();
    if (!refused && hasRoom(count)) {
      piece.get(bytes, length, count);
      length += count;
    } else {
      piece.position(piece.limit());
    }
  }

  private boolean hasRoom(int count) {
    if (length + count > largest) {
      give(new ContentTooLongException("An answer of more than %d bytes", largest));
    } else if (length + count > bytes.length) {
      int size = Math.min(largest, Math.max(length + count, Math.max(FIRST_SIZE, 2 * length)));
      if (room.test(held + 2L * size)) {
        bytes = Arrays.copyOf(bytes, size);
      } else {
        give(new NoRoomException());
      }
    }
    return !refused;
  }

  private void give(Exception reason) {
    refused = true;
    bytes = new byte[0];
    length = 0;
    refuse.accept(reason);
  }

  @Override
  protected ByteArrayEntity generateContent() {
    return new ByteArrayEntity(bytes, 0, length, type);
  }

  @Override
  public void releaseResources() {
    bytes = new byte[0];
    length = 0;
  }
}
