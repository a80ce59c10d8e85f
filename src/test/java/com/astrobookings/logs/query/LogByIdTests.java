package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.StoredEvent;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;

class LogByIdTests extends ReadingFixture {

  @Test
  void findsAnEventByItsId() {
    StoredEvent july = events.next("a-1", Instant.parse("2024-07-31T23:59:59.999999999Z"));
    write(auth(), july);
    assertThat(timestamp(LOGS + "/a-1")).isEqualTo("2024-08-11T07:30:00.123456789Z");
    for (String time : List.of("2024-07-01", "2024-08-01T01:00%2B02:00", "1722470399999")) {
      assertThat(timestamp(LOGS + "/a-1?timestamp=" + time))
          .isEqualTo("2024-07-31T23:59:59.999999999Z");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/a-2", "/a-1?timestamp=2024-09-01", "/-", "/a%20b", "/a%2Fb", "/%F0%9F%9A%80"})
  void doesNotFindWhatIsNotThere(String path) {
    write(auth());
    refused(LOGS + path, HttpStatus.NOT_FOUND, "event-not-found");
  }

  @Test
  void doesNotFindAnIdThatIsTooLong() {
    refused(LOGS + "/" + "a".repeat(129), HttpStatus.NOT_FOUND, "event-not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timestamp=x",
        "timestamp=",
        "timestamp=now&timestamp=now",
        "time=2024-08-01",
        "limit=1"
      })
  void refusesAFaultyQuestionForOneEvent(String query) {
    refused(LOGS + "/a-1?" + query, HttpStatus.BAD_REQUEST, "invalid-parameter");
  }

  private String timestamp(String path) {
    return get(URI.create(path)).path("timestamp").asString();
  }
}
