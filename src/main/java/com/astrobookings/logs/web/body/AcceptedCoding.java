package com.astrobookings.logs.web.body;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** Reads which content codings a client accepts (RFC 9110, section 12.5.3). */
public final class AcceptedCoding {

  private static final String GZIP = "gzip";
  private static final String IDENTITY = "identity";
  private static final String ANY = "*";

  private AcceptedCoding() {}

  /** Whether the client accepts gzip, and does not prefer a body without a coding. */
  public static boolean isGzip(HttpHeaders headers) {
    Map<String, Double> weights = new HashMap<>();
    headers.getOrEmpty(HttpHeaders.ACCEPT_ENCODING).stream()
        .flatMap(value -> Arrays.stream(value.toLowerCase(Locale.ROOT).split(",", -1)))
        .map(String::strip)
        .filter(coding -> !coding.isEmpty())
        .forEach(coding -> weights.putIfAbsent(name(coding), weight(coding)));
    double gzip = weights.getOrDefault(GZIP, weights.getOrDefault(ANY, 0.0));
    return gzip > 0 && gzip >= weights.getOrDefault(IDENTITY, 0.0);
  }

  private static String name(String coding) {
    String name = coding.split(";", 2)[0].strip();
    return name.equals("x-gzip") ? GZIP : name;
  }

  private static double weight(String coding) {
    String[] parts = coding.split(";\\s*q\\s*=", 2);
    if (parts.length == 1) {
      return 1;
    }
    try {
      return Double.parseDouble(parts[1].strip());
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }
}
