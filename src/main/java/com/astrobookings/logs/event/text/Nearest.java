package com.astrobookings.logs.event.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that is most similar to a mistyped one. */
public final class Nearest {

  private static final int MAX_SIZE = 64;

  private Nearest() {}

  /**
   * The candidate that {@code typed} most resembles.
   *
   * @return the first candidate that begins with {@code typed}, else the one with the smallest edit
   *     distance (the first in iteration order when several tie), or empty when none is near enough
   *     to be meant; case does not count
   */
  public static Optional<String> to(String typed, Collection<String> candidates) {
    if (typed.length() > MAX_SIZE) {
      return Optional.empty();
    }
    String wanted = typed.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .filter(candidate -> beginsWith(wanted, candidate) || near(wanted, candidate))
        .min(
            Comparator.comparing((String candidate) -> !beginsWith(wanted, candidate))
                .thenComparingInt(candidate -> distance(wanted, candidate)));
  }

  /**
   * Returns the suggestion that follows a message about {@code typed}.
   *
   * @return a question that begins with a semicolon; empty when nothing is near enough
   */
  public static String hint(String typed, Collection<String> candidates) {
    return to(typed, candidates).map(near -> "; did you mean " + near + "?").orElse("");
  }

  private static boolean beginsWith(String wanted, String candidate) {
    return wanted.length() > 1 && candidate.toLowerCase(Locale.ROOT).startsWith(wanted);
  }

  private static boolean near(String wanted, String candidate) {
    return distance(wanted, candidate) <= Math.max(1, candidate.length() / 3);
  }

  private static int distance(String wanted, String candidate) {
    String other = candidate.toLowerCase(Locale.ROOT);
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= wanted.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (wanted.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
