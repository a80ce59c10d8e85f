package com.astrobookings.logs.web.body;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;

/**
 * Bounds the bytes that all bodies being read or processed hold together, so that many requests at
 * once are refused instead of exhausting the heap. Safe for use by several threads.
 */
public final class MemoryBudget {

  private final long capacity;
  private long taken;

  /**
   * Creates a budget.
   *
   * @param capacity bytes of all bodies together
   */
  public MemoryBudget(long capacity) {
    this.capacity = capacity;
  }

  /** Returns the bytes in use. */
  public synchronized long taken() {
    return taken;
  }

  /** Creates the share of one request, which holds nothing yet. */
  public Share share() {
    return new Share();
  }

  static ProblemException exhausted() {
    return new ProblemException(
        ProblemType.OVERLOADED,
        "Other requests fill the memory set aside for bodies. Send this one again later.");
  }

  /** The bytes that one request holds. A closed share holds nothing and takes nothing. */
  public final class Share implements AutoCloseable {

    private long held;
    private boolean closed;

    private Share() {}

    /**
     * Raises the share to {@code bytes} if it is less. A closed share stays empty.
     *
     * @param reserve bytes of the budget that must stay free afterwards
     * @return false if the budget has no room; the share is as before then
     */
    boolean raiseTo(long bytes, long reserve) {
      synchronized (MemoryBudget.this) {
        if (bytes > held && !closed) {
          if (taken + bytes - held > capacity - reserve) {
            return false;
          }
          taken += bytes - held;
          held = bytes;
        }
        return true;
      }
    }

    /** Lowers the share to {@code bytes} if it is more. */
    void lowerTo(long bytes) {
      synchronized (MemoryBudget.this) {
        if (bytes < held) {
          taken -= held - bytes;
          held = bytes;
        }
      }
    }

    /** Returns the bytes that the whole budget has. */
    long capacity() {
      return capacity;
    }

    /** Gives back all bytes; safe to call at any time, from any thread, more than once. */
    @Override
    public void close() {
      synchronized (MemoryBudget.this) {
        closed = true;
        taken -= held;
        held = 0;
      }
    }
  }
}
