package com.astrobookings.logs.event.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTests {

  private static final List<String> NAMES =
      List.of("id", "userId", "email", "ipAddress", "process");

  @ParameterizedTest
  @CsvSource({
    "userid, userId",
    "user_id, userId",
    "mail, email",
    "ipAdress, ipAddress",
    "ip, ipAddress",
    "PROC, process"
  })
  void findsWhatWasMeant(String typed, String meant) {
    assertThat(Nearest.to(typed, NAMES)).contains(meant);
  }

  @Test
  void doesNotGuess() {
    assertThat(Nearest.to("timestamp", NAMES)).isEmpty();
    assertThat(Nearest.to("", NAMES)).isEmpty();
    assertThat(Nearest.to("e".repeat(100_000), NAMES)).isEmpty();
  }
}
