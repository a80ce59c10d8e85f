package com.astrobookings.logs.query.tail;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds the tails that are open at once. No caller has more than half of them, so that one leaves
 * room for the others. Safe for use by several threads.
 */
final class TailSlots {

  private final int max;
  private final int maxOfOne;

  // Guarded by this object.
  private final Map<String, Integer> callers = new HashMap<>();
  private int open;

  TailSlots(int max) {
    this.max = max;
    this.maxOfOne = (max + 1) / 2;
  }

  /**
   * Takes a place.
   *
   * @throws ProblemException if there is none; a 429
   */
  synchronized void take(String caller) {
    if (callers.getOrDefault(caller, 0) >= maxOfOne) {
      throw new ProblemException(
          ProblemType.OVERLOADED,
          "This caller has %d tails open, the most of one. Close some, or try again later."
              .formatted(maxOfOne));
    }
    if (open >= max) {
      throw new ProblemException(
          ProblemType.OVERLOADED,
          "There are %d tails open, the most of this instance. Try again later.".formatted(max));
    }
    open++;
    callers.merge(caller, 1, Integer::sum);
  }

  synchronized void release(String caller) {
    open--;
    callers.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
  }

  synchronized int open() {
    return open;
  }
}
