package com.astrobookings.logs.web.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class AcceptedCodingTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "GZIP",
        "x-gzip",
        "gzip, deflate, br",
        "br;q=1.0, gzip;q=0.8",
        "*",
        "identity;q=0.5, *",
        "gzip;q=0.001"
      })
  void takesGzip(String header) {
    assertThat(AcceptedCoding.isGzip(accepting(header))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "identity",
        "br",
        "gzip;q=0",
        "gzip; q=0.0, *",
        "*;q=0",
        "identity, gzip;q=0.5",
        "gzip;q=x"
      })
  void doesNotTakeGzip(String header) {
    assertThat(AcceptedCoding.isGzip(accepting(header))).isFalse();
  }

  @Test
  void doesNotTakeGzipWithoutAHeader() {
    assertThat(AcceptedCoding.isGzip(new HttpHeaders())).isFalse();
  }

  private static HttpHeaders accepting(String header) {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.ACCEPT_ENCODING, header);
    return headers;
  }
}
