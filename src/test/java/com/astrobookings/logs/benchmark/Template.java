package com.astrobookings.logs.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An event, or the document that is stored for it, in which a number, its time, user and address
 * are written in place, so that each copy is another event.
 */
final class Template {

  static final String ID = "9081726354";
  static final String USER = "user-4711";
  static final String ADDRESS = "192.0.2.199";
  static final String TIME = "2023-12-15T12:34:56.123456789";

  private static final int DAYS = 28;

  private final byte[] text;
  private final int[] ids;
  private final int[] users;
  private final int[] addresses;
  private final int[] times;

  /** A text with the constants above wherever they are to be replaced. */
  Template(String text) {
    this.text = text.getBytes(StandardCharsets.UTF_8);
    ids = ends(text, ID);
    users = ends(text, USER);
    addresses = ends(text, ADDRESS);
    times = ends(text, TIME);
  }

  private static int[] ends(String text, String part) {
    List<Integer> ends = new ArrayList<>();
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
      ends.add(at + part.length());
    }
    return ends.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Adds the copy of that number. The times of a month are spread over its first 28 days.
   *
   * @param month {@code yyyyMM}
   */
  void write(Bytes out, int month, long number) {
    int start = out.length();
    out.add(text);
    for (int end : ids) {
      out.digits(start + end - 10, 10, number);
    }
    for (int end : users) {
      out.digits(start + end - 4, 4, number * 31 % 5_000);
    }
    for (int end : addresses) {
      out.digits(start + end - 3, 3, 100 + number * 17 % 156);
    }
    long second = number * 7_919 % (DAYS * 86_400);
    for (int end : times) {
      time(out, start + end - TIME.length(), month, second, number);
    }
  }

  private static void time(Bytes out, int at, int month, long second, long number) {
    out.digits(at, 4, month / 100);
    out.digits(at + 5, 2, month % 100);
    out.digits(at + 8, 2, 1 + second / 86_400);
    out.digits(at + 11, 2, second / 3_600 % 24);
    out.digits(at + 14, 2, second / 60 % 60);
    out.digits(at + 17, 2, second % 60);
    // Ends with 1: the service writes as many digits as there are.
    out.digits(at + 20, 9, number % 100_000_000 * 10 + 1);
  }
}
