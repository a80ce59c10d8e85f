package com.astrobookings.logs.web.body;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all bodies on their way may hold together, so that many producers at once are
 * asked to wait instead of exhausting the heap. Safe for use by several threads.
 */
public final class MemoryBudget {

  private final long capacity;
  private final AtomicLong taken = new AtomicLong();

  /**
   * A budget.
   *
   * @param capacity bytes of all bodies together
   */
  public MemoryBudget(long capacity) {
    this.capacity = capacity;
  }

  /** Bytes in use. */
  public long taken() {
    return taken.get();
  }

  /** The share of one request: nothing yet. */
  public Share share() {
    return new Share();
  }

  private boolean take(long bytes) {
    long before = taken.getAndUpdate(now -> now + bytes <= capacity ? now + bytes : now);
    return before + bytes <= capacity;
  }

  /** What one request holds. It may be closed at any time, and then holds nothing ever after. */
  public final class Share implements AutoCloseable {

    private long held;
    private boolean closed;

    /**
     * Raises the share to {@code bytes} if it is less.
     *
     * @throws ProblemException if the budget is used up
     */
    synchronized void raiseTo(long bytes) {
      if (bytes > held && !closed) {
        if (!take(bytes - held)) {
          throw new ProblemException(
              ProblemType.OVERLOADED,
              "Other requests fill the memory set aside for bodies. Send this one again later.");
        }
        held = bytes;
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      taken.addAndGet(-held);
      held = 0;
    }
  }
}
