package com.astrobookings.logs.ingest.spooling;

import static com.astrobookings.logs.ingest.spooling.Spooling.JULY;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.store.WriteOutcome.Spooled;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

/** Events can be taken as long as there is a place for them. */
class IntakeHealthIndicatorTests {

  private static final ReactiveHealthIndicator UP = () -> Mono.just(Health.up().build());
  private static final ReactiveHealthIndicator DOWN = () -> Mono.just(Health.down().build());

  @TempDir Path folder;
  private Spooling spooling;
  private SpoolHealthIndicator ofSpool;

  @BeforeEach
  void open() {
    spooling = new Spooling(folder);
    ofSpool = new SpoolHealthIndicator(spooling.spool, spooling.unavailable);
  }

  @AfterEach
  void close() {
    spooling.close();
  }

  @Test
  void aSpoolWithRoomIsEnough() {
    assertThat(intake(DOWN, ofSpool).getStatus()).isEqualTo(Status.UP);
    assertThat(intake(DOWN, ofSpool).getDetails()).isEqualTo(Map.of("into", "spool"));
  }

  @Test
  void withoutRoomItTakesElasticsearch() {
    fill();

    assertThat(intake(DOWN, ofSpool).getStatus()).isEqualTo(Status.DOWN);
    assertThat(intake(UP, ofSpool).getStatus()).isEqualTo(Status.UP);
    assertThat(intake(UP, ofSpool).getDetails()).isEqualTo(Map.of("into", "Elasticsearch"));
  }

  @Test
  void withoutASpoolItTakesElasticsearch() {
    assertThat(intake(DOWN, null).getStatus()).isEqualTo(Status.DOWN);
    assertThat(intake(UP, null).getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void theSpoolTellsWhatWaitsAndWhy() {
    spooling.store.goDown("connection refused");
    spooling.write(spooling.some(JULY, 3));

    Health health = ofSpool.health().block();

    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails())
        .containsEntry("waiting", 3L)
        .containsEntry("months", Map.of("2024-07", 3L))
        .containsEntry("unavailable", Map.of("2024-07", "connection refused"))
        .containsEntry("maxBytes", Spooling.MAX_BYTES)
        .containsKey("oldest");
  }

  @Test
  void aFullSpoolIsOutOfServiceAndSaysWhy() {
    fill();

    Health health = ofSpool.health().block();

    assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    assertThat(health.getDetails().get("reason")).asString().startsWith("the spool is full");
  }

  private void fill() {
    spooling.store.goDown("connection refused");
    while (spooling.write(spooling.some(JULY, 500)).getLast() instanceof Spooled) {
      assertThat(spooling.spool.state().total()).isLessThan(1_000_000);
    }
  }

  private static Health intake(ReactiveHealthIndicator store, SpoolHealthIndicator spool) {
    return new IntakeHealthIndicator(store, spool).health().block();
  }
}
