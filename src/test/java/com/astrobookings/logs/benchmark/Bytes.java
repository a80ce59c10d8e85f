package com.astrobookings.logs.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes that is used again, so that making a request allocates nothing. */
final class Bytes {

  private byte[] array = new byte[8_192];
  private int length;

  void clear() {
    length = 0;
  }

  int length() {
    return length;
  }

  byte[] array() {
    return array;
  }

  Bytes add(byte[] bytes) {
    return add(bytes, 0, bytes.length);
  }

  Bytes add(byte[] bytes, int from, int count) {
    if (length + count > array.length) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, length + count));
    }
    System.arraycopy(bytes, from, array, length, count);
    length += count;
    return this;
  }

  Bytes add(String text) {
    return add(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Writes a number with leading zeros over what stands at the place. */
  void digits(int place, int width, long number) {
    long rest = number;
    for (int i = place + width - 1; i >= place; i--) {
      array[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  boolean contains(byte[] part) {
    return indexOf(part, 0) >= 0;
  }

  /** The first place of these bytes from there on, or -1. */
  int indexOf(byte[] part, int from) {
    int last = length - part.length;
    for (int i = from; i <= last; i++) {
      if (array[i] == part[0] && Arrays.equals(array, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    return new String(array, 0, length, StandardCharsets.UTF_8);
  }
}
