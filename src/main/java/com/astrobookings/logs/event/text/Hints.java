package com.astrobookings.logs.event.text;

/**
 * How many hints at what was meant one request gets. Looking for them takes time, and who makes
 * more faults did not mistype. Not safe for use by several threads.
 */
public final class Hints {

  private static final int MOST = 10;

  private int taken;

  /** Takes one of the hints; false if none is left, from the eleventh on. */
  public boolean take() {
    if (taken == MOST) {
      return false;
    }
    taken++;
    return true;
  }
}
