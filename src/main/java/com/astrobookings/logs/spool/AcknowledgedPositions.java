package com.astrobookings.logs.spool;

import java.util.BitSet;
import java.util.List;

/**
 * The positions of entries that are acknowledged and not deleted yet: one bit for each position
 * between the first and the last of them, so that millions fit into memory while the disk is full.
 */
final class AcknowledgedPositions {

  private BitSet bits = new BitSet();
  private long first;

  boolean isEmpty() {
    return bits.isEmpty();
  }

  boolean contains(long position) {
    return position >= first
        && position - first <= Integer.MAX_VALUE
        && bits.get((int) (position - first));
  }

  /** Returns false if it is among them already. */
  boolean add(long position) {
    if (contains(position)) {
      return false;
    }
    if (bits.isEmpty()) {
      first = position;
    } else if (position < first) {
      shift(Math.toIntExact(first - position));
      first = position;
    }
    bits.set(Math.toIntExact(position - first));
    return true;
  }

  private void shift(int by) {
    BitSet shifted = new BitSet(bits.length() + by);
    bits.stream().forEach(bit -> shifted.set(bit + by));
    bits = shifted;
  }

  /** Returns them in ascending order. */
  List<Long> toList() {
    return bits.stream().mapToObj(bit -> first + bit).toList();
  }

  void clear() {
    bits = new BitSet();
  }
}
