package com.astrobookings.logs.event.error;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Derives the key that errors have in common when they are the same.
 *
 * <p>With a stack trace they are the same if the class of the exception, the class of its root
 * cause, and the application's own top frames are the same; see {@link StackTrace}. Without one, or
 * where no frame can be found in it, code and message decide, with everything left out that differs
 * from one occurrence to the next; see {@link MessageTemplate}.
 *
 * <p>Takes time in proportion to the length of the texts.
 */
public final class GroupingKey {

  /** The characters of a key, lower-case hexadecimal digits. */
  public static final int LENGTH = 32;

  private GroupingKey() {}

  /** Returns the key of an error. */
  public static String of(@Nullable String stackTrace, String code, String message) {
    return hash(canonical(stackTrace, code, message));
  }

  /** Returns the text by which errors are compared. */
  static String canonical(@Nullable String stackTrace, String code, String message) {
    String trace = stackTrace == null ? "" : StackTrace.canonical(stackTrace);
    return trace.contains("\n")
        ? trace
        : "%s\n%s\n%s".formatted(trace, code, MessageTemplate.of(message));
  }

  private static String hash(String canonical) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, LENGTH / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform knows SHA-256", e);
    }
  }
}
