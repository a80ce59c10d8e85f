package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Whether the service says that it can take events exactly when it can. */
@ExtendWith(OutputCaptureExtension.class)
class EventStoreHealthIT {

  private static final Instant TODAY = Instant.parse("2001-02-03T04:05:06Z");

  private static final String MONTH = "/astrobookings-events-2001.02";
  private static final String EARLIER = "/astrobookings-events-2001.01";

  /** Settings that no node fits, so that no shard ever finds a place. */
  private static final String NOWHERE =
      """
      {"settings":{"index.routing.allocation.require._name":"nowhere"}}\
      """;

  private final Elastic elastic = OwnNode.wiped();

  @AfterEach
  void cleanUp() throws Exception {
    elastic.delete("/foreign");
    elastic.wipe();
    elastic.close();
  }

  @Test
  void isUpBeforeTheMonthHasBegun() {
    assertThat(health().getStatus()).isEqualTo(Status.UP);
    assertThat(health().getDetails()).containsEntry("state", "not there yet");
  }

  @Test
  void isUpWhateverBecomesOfForeignIndicesAndPastMonths() {
    elastic.put(MONTH, "{}");
    elastic.put("/foreign?wait_for_active_shards=0", NOWHERE);
    elastic.put(EARLIER + "?wait_for_active_shards=0", NOWHERE);
    assertThat(elastic.get("/_cluster/health").path("status").asString()).isEqualTo("red");

    Health health = health();

    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails().get("indices").toString()).contains("red=1");
  }

  @Test
  void isOutOfServiceWhileTheMonthHasNoShard() {
    elastic.put(MONTH + "?wait_for_active_shards=0", NOWHERE);

    assertThat(health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
  }

  @Test
  void isOutOfServiceWhileTheMonthIsBlocked() {
    elastic.put(MONTH, "{}");
    elastic.put(MONTH + "/_settings", "{\"index.blocks.read_only_allow_delete\":true}");

    assertThat(health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    assertThat(health().getDetails()).containsEntry("blocked", true);
  }

  @Test
  void isDownWithoutElasticsearchAndLogsNothing(CapturedOutput output) throws Exception {
    try (Elastic nowhere = new Elastic(URI.create("http://127.0.0.1:1"))) {
      Health health = health(nowhere);

      assertThat(health.getStatus()).isEqualTo(Status.DOWN);
      assertThat(health.getDetails().get("reason").toString()).contains("Connect");
    }
    assertThat(output.getAll()).doesNotContain("health", "127.0.0.1:1");
  }

  private Health health() {
    return health(elastic);
  }

  private static Health health(Elastic elastic) {
    return new EventStoreHealthIndicator(elastic.client(), Clock.fixed(TODAY, ZoneOffset.UTC))
        .health()
        .block(Duration.ofSeconds(10));
  }
}
