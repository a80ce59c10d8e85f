package com.astrobookings.logs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class BodyFormatTests {

  @ParameterizedTest
  @CsvSource({
    "application/json, JSON",
    "APPLICATION/JSON, JSON",
    "application/json;charset=utf-8, JSON",
    "application/json; charset=\"UTF-8\", JSON",
    "application/json; profile=x, JSON",
    "application/x-ndjson, NDJSON",
    "application/x-ndjson;charset=UTF-8, NDJSON"
  })
  void isKnownByItsMediaType(String type, BodyFormat format) {
    assertThat(BodyFormat.of(headers(type))).isEqualTo(format);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "json",
        "text/plain",
        "application/*",
        "*/*",
        "application/xml",
        "application/ndjson",
        "application/vnd.api+json",
        "application/problem+json",
        "application/json;charset=iso-8859-1",
        "application/json;charset=utf-16",
        "application/json;charset=nonsense",
        "application/x-www-form-urlencoded"
      })
  void isNothingElse(String type) {
    assertRefused(headers(type));
  }

  @Test
  void hasToBeStatedOnce() {
    HttpHeaders twice = headers("application/json");
    twice.add("Content-Type", "application/json");

    assertRefused(twice);
    assertRefused(new HttpHeaders());
  }

  private static void assertRefused(HttpHeaders headers) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> BodyFormat.of(headers))
        .matches(e -> e.problem().type() == ProblemType.UNSUPPORTED_MEDIA_TYPE)
        .matches(e ->
            "application/json, application/x-ndjson".equals(e.problem().headers().get("Accept")));
  }

  private static HttpHeaders headers(String type) {
    HttpHeaders headers = new HttpHeaders();
    headers.add("Content-Type", type);
    return headers;
  }
}
