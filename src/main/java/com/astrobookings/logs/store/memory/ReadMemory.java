package com.astrobookings.logs.store.memory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Bounds the memory of all reads under way, so that many large responses at once wait or are
 * refused instead of exhausting the heap.
 *
 * <p>A quarter of it is for small responses, whose size is unknown until they have ended: each
 * takes what it needs as it grows, up to {@value #SMALL} bytes and at most a quarter of what is
 * free, so that large ones do not fill it together. A read that needs more takes a place of {@value
 * #PLACE} bytes in the rest, which is enough for any response. Reads with a place therefore always
 * end, and small responses are read meanwhile. Places are given in the order of requests.
 *
 * <p>Safe for use by several threads.
 */
public final class ReadMemory {

  /** The bytes that one read may hold of the memory for small responses. */
  public static final int SMALL = 2 * 1024 * 1024;

  /** The bytes of a place. */
  public static final int PLACE = 32 * 1024 * 1024;

  /** The least capacity, which has one place. */
  public static final long MIN_CAPACITY = (PLACE + 2L) / 3 * 4;

  private final long smallCapacity;
  private final long largeCapacity;
  private final Duration timeout;

  // All that follows, and what shares hold, is guarded by this object.
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long small;
  private long large;

  /**
   * Creates a budget.
   *
   * @param capacity bytes of all reads together; at least {@value #MIN_CAPACITY}
   * @param timeout how long a read waits for a place
   */
  public ReadMemory(long capacity, Duration timeout) {
    if (capacity < MIN_CAPACITY) {
      throw new IllegalArgumentException("Memory without a place: " + capacity);
    }
    this.smallCapacity = capacity / 4;
    this.largeCapacity = capacity - smallCapacity;
    this.timeout = timeout;
  }

  /** Bytes in use. */
  public synchronized long taken() {
    return small + large;
  }

  /** Returns an empty share for a read without a caller. */
  public Share share() {
    return share("");
  }

  /**
   * Returns an empty share for one read.
   *
   * @param reader the caller; reads of one caller wait before those of others do
   */
  public Share share(String reader) {
    return new Share(reader);
  }

  /** A read that waits for a place, and how it is told that it has one. */
  private record Waiting(Share share, MonoSink<Void> told) {}

  private synchronized void await(Waiting read) {
    waiting.add(read);
  }

  private synchronized void leave(Waiting read) {
    waiting.remove(read);
  }

  private synchronized boolean hasPlace() {
    return large + PLACE <= largeCapacity;
  }

  /** Gives free places to those who wait longest. */
  private void givePlaces() {
    List<Waiting> lucky = new ArrayList<>();
    synchronized (this) {
      while (!waiting.isEmpty() && hasPlace()) {
        Waiting next = waiting.remove();
        next.share().moveIn();
        lucky.add(next);
      }
    }
    lucky.forEach(read -> read.told().success());
  }

  /** What one read holds. It may be closed at any time, and then holds nothing ever after. */
  public final class Share implements AutoCloseable {

    private final String reader;
    private long held;
    private boolean placed;
    private boolean closed;

    private Share(String reader) {
      this.reader = reader;
    }

    /** Returns the caller; empty if there is none. */
    public String reader() {
      return reader;
    }

    /**
     * Raises the share to {@code bytes} if it is less, without waiting.
     *
     * @return whether it holds that much now. If not, it may with a {@link #place}
     */
    public boolean raiseTo(long bytes) {
      synchronized (ReadMemory.this) {
        if (closed) {
          return false;
        }
        if (bytes > held && !placed && !raiseSmall(bytes) && waiting.isEmpty() && hasPlace()) {
          moveIn();
        }
        return bytes <= held;
      }
    }

    private boolean raiseSmall(long bytes) {
      long free = smallCapacity - (small - held + bytes);
      boolean fits = bytes <= SMALL && bytes <= free / 4;
      if (fits) {
        small += bytes - held;
        held = bytes;
      }
      return fits;
    }

    /**
     * Takes a place instead of what the share holds, and waits for one if need be; meanwhile the
     * share holds nothing. It must not be waiting already.
     *
     * @return completes when the share holds {@value #PLACE} bytes, on the thread that gave them
     *     back; fails with {@link NoRoomException} if that takes too long. When it is cancelled,
     *     the read does not wait any longer
     */
    public Mono<Void> place() {
      return Mono.<Void>create(
              sink -> {
                lowerTo(0);
                Waiting read = new Waiting(this, sink);
                sink.onCancel(() -> leave(read));
                await(read);
                givePlaces();
              })
          .timeout(timeout)
          .onErrorMap(TimeoutException.class, e -> new NoRoomException());
    }

    private void moveIn() {
      if (!closed) {
        release();
        placed = true;
        held = PLACE;
        large += PLACE;
      }
    }

    /** Lowers the share to {@code bytes} if it is more. */
    public void lowerTo(long bytes) {
      synchronized (ReadMemory.this) {
        if (bytes < held) {
          release();
          held = bytes;
          small += placed ? 0 : bytes;
          large += placed ? bytes : 0;
        }
      }
      givePlaces();
    }

    @Override
    public void close() {
      synchronized (ReadMemory.this) {
        closed = true;
        release();
      }
      givePlaces();
    }

    private void release() {
      small -= placed ? 0 : held;
      large -= placed ? held : 0;
      held = 0;
    }
  }
}
