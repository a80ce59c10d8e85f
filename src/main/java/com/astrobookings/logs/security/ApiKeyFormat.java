package com.astrobookings.logs.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The format of API keys: {@code alk_<id>_<secret>}, id and secret in hexadecimal digits. The id is
 * not secret; secret scanners find leaked keys by the prefix.
 *
 * <p>The hash is SHA-256 without salt and iterations, which protect secrets that can be guessed:
 * 160 random bits cannot, and every request would pay for them.
 */
final class ApiKeyFormat {

  static final String PREFIX = "alk_";

  private static final Pattern KEY = Pattern.compile(PREFIX + "([0-9a-f]{8})_[0-9a-f]{40}");
  private static final int ID_BYTES = 4;
  private static final int SECRET_BYTES = 20;

  private ApiKeyFormat() {}

  static String random(SecureRandom random) {
    return PREFIX + hex(random, ID_BYTES) + "_" + hex(random, SECRET_BYTES);
  }

  private static String hex(SecureRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Returns the id of a key; null if the text is not spelled like one. */
  static @Nullable String id(String key) {
    Matcher matcher = KEY.matcher(key);
    return matcher.matches() ? matcher.group(1) : null;
  }

  static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
