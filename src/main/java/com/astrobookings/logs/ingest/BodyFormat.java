package com.astrobookings.logs.ingest;

import com.astrobookings.logs.web.Problem;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** The formats of a body of events. */
enum BodyFormat {
  /** One JSON object, or an array of them. */
  JSON,
  /** One JSON object on each line. */
  NDJSON;

  /**
   * Reads the header.
   *
   * @throws ProblemException if a body of this media type cannot be read
   */
  static BodyFormat of(HttpHeaders headers) {
    MediaType type =
        mediaType(headers)
            .orElseThrow(() ->
                unsupported(
                    "The Content-Type header must be application/json (an event or an array of"
                        + " events) or application/x-ndjson (an event per line)."));
    Charset charset = type.getCharset();
    if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
      throw unsupported("The body must be sent in UTF-8.");
    }
    return type.getSubtype().equals("json") ? JSON : NDJSON;
  }

  private static Optional<MediaType> mediaType(HttpHeaders headers) {
    try {
      return headers.getOrEmpty(HttpHeaders.CONTENT_TYPE).size() == 1
          ? Optional.ofNullable(headers.getContentType()).filter(BodyFormat::isKnown)
          : Optional.empty();
    } catch (InvalidMediaTypeException e) {
      return Optional.empty();
    }
  }

  private static boolean isKnown(MediaType type) {
    return type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
        || type.equalsTypeAndSubtype(MediaType.APPLICATION_NDJSON);
  }

  private static ProblemException unsupported(String detail) {
    return new ProblemException(
        new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail)
            .withHeaders(
                Map.of(
                    HttpHeaders.ACCEPT,
                    MediaType.APPLICATION_JSON_VALUE + ", " + MediaType.APPLICATION_NDJSON_VALUE)));
  }
}
