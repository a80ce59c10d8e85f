package com.astrobookings.logs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestResponseTests {

  @ParameterizedTest
  @CsvSource({
    "stored,    201",
    "duplicate, 200",
    "spooled,   202",
    "conflict,  409",
    "invalid,   422",
    "rejected,  422",
    "refused,   503",
    "overload,  429"
  })
  void ofASingleEventFollowsItsStatus(String status, int expected) {
    assertThat(status(receipt(true, status))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "stored,                            200",
    "duplicate,                         200",
    "stored duplicate,                  200",
    "spooled,                           202",
    "stored spooled,                    202",
    "duplicate spooled stored,          202",
    "invalid,                           422",
    "invalid invalid,                   422",
    "refused,                           503",
    "refused refused,                   503",
    "overload overload,                 429",
    "overload refused,                  503",
    "conflict,                          207",
    "conflict conflict,                 207",
    "rejected,                          207",
    "invalid rejected,                  207",
    "invalid refused,                   207",
    "conflict invalid,                  207",
    "stored invalid,                    207",
    "stored conflict,                   207",
    "stored rejected,                   207",
    "stored refused,                    207",
    "spooled overload,                  207",
    "spooled invalid,                   207",
    "duplicate invalid,                 207",
    "stored duplicate spooled conflict invalid rejected refused, 207"
  })
  void ofABatchFollowsAllStatuses(String statuses, int expected) {
    assertThat(status(receipt(false, statuses))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "stored,           ",
    "stored invalid,   ",
    "stored overload, 1",
    "stored refused,  5",
    "overload refused,5",
    "overload,        1",
    "refused,         5"
  })
  void saysWhenToSendAgainWhateverWasRefused(String statuses, String seconds) {
    assertThat(receipt(false, statuses).retryAfter()).isEqualTo(seconds);
  }

  private static int status(IngestResponse receipt) {
    return receipt.status().value();
  }

  private static IngestResponse receipt(boolean single, String statuses) {
    return new IngestResponse(
        single, Arrays.stream(statuses.split(" ")).map(IngestResponseTests::item).toList());
  }

  private static IngestItem item(String status) {
    boolean overload = status.equals("overload");
    ItemStatus known =
        overload
            ? ItemStatus.REFUSED
            : Arrays.stream(ItemStatus.values())
                .filter(candidate -> candidate.label().equals(status))
                .findFirst()
                .orElseThrow();
    IngestItem.Refusal refusal =
        overload ? IngestItem.Refusal.OVERLOAD : IngestItem.Refusal.UNAVAILABLE;
    return new IngestItem(
        "a", Instant.EPOCH, known, known == ItemStatus.REFUSED ? refusal : null, null, List.of());
  }
}
