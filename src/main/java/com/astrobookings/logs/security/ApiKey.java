package com.astrobookings.logs.security;

import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.Scope;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An API key as configured, without the key itself.
 *
 * @param name the name of its user, for logs and audit records
 * @param hash the id of the key, a colon and the SHA-256 of the key in hexadecimal digits
 * @param scopes the names of its scopes
 * @param expires the instant, or the beginning of the UTC day, from which on it is rejected; null
 *     for never
 */
record ApiKey(String name, String hash, Set<String> scopes, @Nullable String expires) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{8}:[0-9a-f]{64}");

  ApiKey {
    require(matches(NAME, name), "name must be 1 to 64 of A-Z a-z 0-9 . _ -");
    require(matches(HASH, hash), "hash must be as make-key prints it: 8 and 64 hexadecimal digits");
    require(scopes != null && !scopes.isEmpty(), "scopes must be some of " + Scope.names());
    scopes.forEach(ApiKey::scope);
    instant(expires);
  }

  private static boolean matches(Pattern pattern, @Nullable String text) {
    return text != null && pattern.matcher(text).matches();
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException("An API key's " + message);
    }
  }

  String id() {
    return hash.substring(0, hash.indexOf(':'));
  }

  /** Returns the SHA-256 of the key. */
  byte[] digest() {
    return HexFormat.of().parseHex(hash, hash.indexOf(':') + 1, hash.length());
  }

  /** Returns the instant from which on it is rejected; null for never. */
  @Nullable Instant end() {
    return instant(expires);
  }

  Caller caller() {
    return new Caller(name, scopes.stream().map(ApiKey::scope).collect(Collectors.toSet()), end());
  }

  static Scope scope(String text) {
    return Scope.of(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s is not a scope; the scopes are %s".formatted(text, Scope.names())));
  }

  private static @Nullable Instant instant(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException unreadable) {
      throw new IllegalArgumentException(
          "An API key expires on a UTC day or at an instant, such as 2030-01-31 or"
              + " 2030-01-31T12:00:00Z, not on "
              + text);
    }
  }
}
