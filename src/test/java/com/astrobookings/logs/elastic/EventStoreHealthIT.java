package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.astrobookings.logs.elastic.index.Durability;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
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

  private static final String READ_ONLY =
      """
      {"persistent":{"cluster.blocks.read_only":%s}}\
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
    assertThat(troubles(health)).containsOnlyKeys(EARLIER.substring(1));
    assertThat(troubles(health).toString()).contains("red");
  }

  @Test
  void isUpAndNamesThePastMonthsThatAreClosedOrBlocked() {
    elastic.put(MONTH, "{}");
    elastic.put(EARLIER, "{}");
    elastic.put("/astrobookings-events-2000.12", "{}");
    elastic.put("/foreign", "{}");
    elastic.post(EARLIER + "/_close", "");
    elastic.post("/foreign/_close", "");
    elastic.put("/astrobookings-events-2000.12/_settings", "{\"index.blocks.write\":true}");

    Health health = health();

    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(troubles(health))
        .containsOnlyKeys("astrobookings-events-2000.12", "astrobookings-events-2001.01");
    assertThat(troubles(health).get("astrobookings-events-2000.12").toString())
        .contains("index write (api): no write");
    assertThat(troubles(health).get("astrobookings-events-2001.01").toString())
        .contains("index closed: no read, write");
  }

  @Test
  void tellsTheLogOnceWhenAMonthIsLostAndWhenItIsBack(CapturedOutput output) {
    elastic.put(EARLIER, "{}");
    EventStoreHealthIndicator indicator = indicator(elastic);
    for (String change : List.of("_close", "_open")) {
      elastic.post(EARLIER + "/" + change, "");
      for (int probe = 0; probe < 2; probe++) {
        indicator.check().block(Duration.ofSeconds(10));
      }
    }

    assertThat(output.getAll().lines().filter(line -> line.contains("EventStoreHealthIndicator")))
        .satisfiesExactly(
            line -> assertThat(line).contains("WARN", "2001.01=[index closed"),
            line -> assertThat(line).contains("INFO", "All months"));
  }

  @Test
  void isOutOfServiceWhileTheMonthIsClosed() {
    elastic.put(MONTH, "{}");
    elastic.post(MONTH + "/_close", "");

    assertThat(health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
  }

  @Test
  void isUpWhenABlockThatWasLiftedIsStillWrittenDown() {
    elastic.put(MONTH, "{}");
    elastic.put(MONTH + "/_settings", "{\"index.blocks.write\":false}");

    assertThat(health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void isOutOfServiceWhileTheClusterIsReadOnly() {
    elastic.put(MONTH, "{}");
    elastic.put("/_cluster/settings", READ_ONLY.formatted(true));
    try {
      assertThat(health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
      assertThat(troubles(health())).containsOnlyKeys("*");
    } finally {
      elastic.put("/_cluster/settings", READ_ONLY.formatted("null"));
    }
  }

  @Test
  void setsDurabilityBackWithoutAnyWrite() {
    elastic.put(MONTH, "{\"settings\":{\"index.translog.durability\":\"async\"}}");

    assertThat(health().getStatus()).isEqualTo(Status.UP);
    assertThat(elastic.get(MONTH + "/_settings").toString()).contains("\"durability\":\"request\"");
  }

  @Test
  void isOutOfServiceWhileDurabilityCannotBeEnsured() {
    elastic.put(MONTH, "{\"settings\":{\"index.translog.durability\":\"async\"}}");
    elastic.put(MONTH + "/_settings", "{\"index.blocks.metadata\":true}");
    try {
      Health health = health();

      assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
      assertThat(health.getDetails().get("durability").toString())
          .startsWith("index.translog.durability of astrobookings-events-2001.02 cannot be");
    } finally {
      elastic.put(MONTH + "/_settings", "{\"index.blocks.metadata\":null}");
    }
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
  void isDownWithoutElasticsearchAndLogsNothing() throws Exception {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    lines.start();
    root.addAppender(lines);
    try (Elastic nowhere = new Elastic(URI.create("http://127.0.0.1:1"))) {
      Health health = health(nowhere);

      assertThat(health.getStatus()).isEqualTo(Status.DOWN);
      assertThat(health.getDetails().get("reason").toString()).contains("Connect");
    } finally {
      root.detachAppender(lines);
    }
    assertThat(lines.list)
        .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
        .isEmpty();
  }

  @SuppressWarnings("unchecked") // what the indicator puts there
  private static Map<String, List<String>> troubles(Health health) {
    return (Map<String, List<String>>) health.getDetails().getOrDefault("troubled", Map.of());
  }

  private Health health() {
    return health(elastic);
  }

  private static Health health(Elastic elastic) {
    return indicator(elastic).health().block(Duration.ofSeconds(10));
  }

  private static EventStoreHealthIndicator indicator(Elastic elastic) {
    return new EventStoreHealthIndicator(
        elastic.client(),
        new Durability(elastic.client(), Duration.ZERO),
        Clock.fixed(TODAY, ZoneOffset.UTC));
  }
}
