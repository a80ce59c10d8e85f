package com.astrobookings.logs.web.body;

import com.astrobookings.logs.web.Problem;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** How the bytes of a body are coded (RFC 9110, section 8.4). */
enum ContentCoding {
  /** As they are. */
  IDENTITY,
  /** Compressed. */
  GZIP;

  /**
   * Reads the header.
   *
   * @throws ProblemException if it names another coding, or more than one
   */
  static ContentCoding of(HttpHeaders headers) {
    List<String> codings =
        headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING).stream()
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .map(value -> value.strip().toLowerCase(Locale.ROOT))
            .filter(value -> !value.isEmpty() && !value.equals("identity"))
            .toList();
    if (codings.isEmpty()) {
      return IDENTITY;
    }
    if (codings.equals(List.of("gzip")) || codings.equals(List.of("x-gzip"))) {
      return GZIP;
    }
    throw new ProblemException(
        new Problem(
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                "The Content-Encoding header must be gzip, once, or absent.")
            .withHeaders(Map.of(HttpHeaders.ACCEPT_ENCODING, "gzip")));
  }
}
