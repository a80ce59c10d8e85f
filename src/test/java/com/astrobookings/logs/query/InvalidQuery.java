package com.astrobookings.logs.query;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * A question that is refused, in all the ways in which it can be asked.
 *
 * @param parameters as in a query string, but not encoded; {@code %20} is a blank
 */
record InvalidQuery(String parameters) {

  static final String TYPE = "urn:astrobookings:logs:problem:invalid-parameter";

  /** However bad the question is, its answer has fewer bytes. */
  static final int LONGEST_ANSWER = 1_000;

  private static final JsonMapper JSON = new JsonMapper();
  private static final String TIME =
      "is not a time; write 2024-08-12, 2024-08-12 10:15:30, 2024-08-12T10:15:30.5+02:00,"
          + " milliseconds since 1970 (11 to 15 digits), or now, now-15m, now-1d/d";

  /** What a row says that is said; the longest text of all has a short name. */
  static String text(String message) {
    return message.equals("TIME") ? TIME : message;
  }

  URI uri(String path) {
    return UriComponentsBuilder.fromUriString(path + "?" + parameters.replace("%20", " "))
        .build()
        .encode()
        .toUri();
  }

  /** The same as a JSON object; empty if an object cannot say it. */
  Optional<String> body() {
    MultiValueMap<String, String> values = new LinkedMultiValueMap<>();
    for (String pair : parameters.replace("%20", " ").split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 1) {
        return Optional.empty();
      }
      values.add(parts[0], parts[1]);
    }
    Map<String, Object> members = new LinkedHashMap<>();
    values.forEach((name, all) -> members.put(name, all.size() == 1 ? all.getFirst() : all));
    return Optional.of(JSON.writeValueAsString(members));
  }
}
