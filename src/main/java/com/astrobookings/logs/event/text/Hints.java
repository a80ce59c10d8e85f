package com.astrobookings.logs.event.text;

/**
 * Limits the number of suggestions in the response to one request, because finding them takes time.
 * Not safe for use by several threads.
 */
public final class Hints {

  private static final int MAX_HINTS = 10;

  private int taken;

  /** Uses one suggestion; returns false if none is left. */
  public boolean take() {
    if (taken == MAX_HINTS) {
      return false;
    }
    taken++;
    return true;
  }
}
