package com.astrobookings.logs.event.value;

/** UTF-8 sizes without encoding. */
final class Utf8 {

  /** Returned for text that has no UTF-8 form. */
  static final int UNENCODABLE = -1;

  private Utf8() {}

  /**
   * Bytes of {@code text} in UTF-8, or {@link #UNENCODABLE} when it holds half a surrogate pair.
   */
  static int length(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes += 1;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else if (pairAt(text, i)) {
        bytes += 4;
        i++;
      } else {
        return UNENCODABLE;
      }
    }
    return bytes;
  }

  private static boolean pairAt(String text, int i) {
    return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
  }
}
