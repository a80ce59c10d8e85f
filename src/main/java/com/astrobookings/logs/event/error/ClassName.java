package com.astrobookings.logs.event.error;

/** Reads names of classes. */
final class ClassName {

  private static final int MAX_LENGTH = 1_024;

  private ClassName() {}

  /** Returns the name that begins there and ends with a colon or white space. */
  static String of(String text, int start) {
    int end = start;
    while (end < text.length() && end - start < MAX_LENGTH && isPart(text.charAt(end))) {
      end++;
    }
    return withoutNumbers(text, start, end);
  }

  private static boolean isPart(char c) {
    return c != ':' && !Character.isWhitespace(c);
  }

  /**
   * Returns a name without the numbers that compilers put behind {@code $}: those of anonymous
   * classes and lambdas change when others are added before them.
   */
  static String withoutNumbers(String text, int start, int end) {
    StringBuilder name = new StringBuilder(end - start);
    boolean numbered = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      numbered = c == '$' || (numbered && isDigit(c));
      if (!numbered || c == '$') {
        name.append(c);
      }
    }
    return name.toString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
