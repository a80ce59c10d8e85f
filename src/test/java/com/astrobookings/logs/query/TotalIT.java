package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How many events there are, as exactly as it was asked for, where counting by default ends. */
class TotalIT extends RunningService {

  private static final int COUNTED = 10_000;

  @Test
  void isExactUpToTenThousandAndBeyondThemOnlyIfAskedFor() {
    write(events.within(start, COUNTED));
    assertThat(total("")).isEqualTo(JSON.readTree("{\"value\":10000,\"relation\":\"eq\"}"));

    write(List.of(events.next(start)));
    JsonNode bounded = JSON.readTree("{\"value\":10000,\"relation\":\"gte\"}");
    assertThat(total("")).isEqualTo(bounded);
    assertThat(total("&total=bounded")).isEqualTo(bounded);
    assertThat(total("&total=exact"))
        .isEqualTo(JSON.readTree("{\"value\":10001,\"relation\":\"eq\"}"));
    assertThat(total("&total=none").isMissingNode()).isTrue();
  }

  private JsonNode total(String how) {
    String address = "?from=%s&to=%s&limit=1%s".formatted(start, end, how);
    JsonNode page = JSON.readTree(get(logs(address)).body());
    assertThat(page.path("logs").size()).isEqualTo(1);
    return page.path("total");
  }
}
