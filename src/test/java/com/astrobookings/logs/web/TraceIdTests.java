package com.astrobookings.logs.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class TraceIdTests {

  private static final String GIVEN = "4bf92f3577b34da6a3ce929d0e0e4736";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-the-future-brings"
      })
  void isTheCallersWhenThatIsValid(String traceparent) {
    assertThat(TraceId.received(headers(traceparent))).isEqualTo(GIVEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01"
      })
  void isANewOneWhenTheCallersIsNotValid(String traceparent) {
    assertThat(TraceId.received(headers(traceparent)))
        .matches("[0-9a-f]{32}")
        .isNotEqualTo(GIVEN)
        .isNotEqualTo("0".repeat(32));
  }

  @Test
  void isANewOneWhenTheCallerSendsTwo() {
    HttpHeaders headers = headers("00-" + GIVEN + "-00f067aa0ba902b7-01");
    headers.add("traceparent", "00-" + GIVEN + "-00f067aa0ba902b7-01");

    assertThat(TraceId.received(headers)).isNotEqualTo(GIVEN);
  }

  @Test
  void isAlwaysAnother() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(ids.add(TraceId.next())).isTrue();
    }
  }

  private static HttpHeaders headers(String traceparent) {
    HttpHeaders headers = new HttpHeaders();
    headers.add("traceparent", traceparent);
    return headers;
  }
}
