package com.astrobookings.logs.web.body;

/** Tells UTF-8 text from other bytes. JSON parsers let some malformed sequences pass. */
final class Utf8Text {

  private Utf8Text() {}

  /**
   * Where the first byte stands that UTF-8 (RFC 3629) does not allow, or that is zero, which no
   * JSON text contains; {@code to} if there is none.
   */
  static int firstFault(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      if (bytes[i] > 0) {
        i++;
      } else {
        int length = sequence(bytes, i, to);
        if (length == 0) {
          return i;
        }
        i += length;
      }
    }
    return to;
  }

  /** Length of the well-formed sequence of several bytes that begins here; 0 if none does. */
  private static int sequence(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xFF;
    int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (at + length > to) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length > 2 && !canonical(lead, bytes[at + 1] & 0xFF) ? 0 : length;
  }

  /** Not too long for its character, no half of a surrogate pair, not beyond Unicode. */
  private static boolean canonical(int lead, int second) {
    return switch (lead) {
      case 0xE0 -> second >= 0xA0;
      case 0xED -> second < 0xA0;
      case 0xF0 -> second >= 0x90;
      case 0xF4 -> second < 0x90;
      default -> true;
    };
  }
}
