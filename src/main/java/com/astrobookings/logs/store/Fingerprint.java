package com.astrobookings.logs.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;

/**
 * A hash of request parameters, from which the parameters cannot be read.
 *
 * @param hex {@value #BYTES} bytes in lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {

  static final int BYTES = 16;

  /** Returns the fingerprint of parameters by name, with their values in a fixed order. */
  public static Fingerprint of(SortedMap<String, List<String>> parameters) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (var parameter : parameters.entrySet()) {
        put(out, parameter.getKey());
        out.writeInt(parameter.getValue().size());
        for (String value : parameter.getValue()) {
          put(out, value);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Fingerprint(HexFormat.of().formatHex(digest(bytes.toByteArray(), BYTES)));
  }

  /** Returns the first bytes of the SHA-256 of {@code content}. */
  static byte[] digest(byte[] content, int length) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(content), length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform knows SHA-256", e);
    }
  }

  private static void put(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
