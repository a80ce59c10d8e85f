package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.astrobookings.logs.elastic.StandIn.Answer;
import com.astrobookings.logs.elastic.StandIn.Request;
import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.memory.Memories;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.elasticsearch.autoconfigure.ElasticsearchClientAutoConfiguration;
import org.springframework.boot.elasticsearch.autoconfigure.ElasticsearchRestClientAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** What still works while reads hold all that reads may have. */
class ElasticConnectionsTests {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int CONNECTIONS = 3;

  private static final String HEALTH =
      """
      {"cluster_name":"c","status":"green","timed_out":false,"number_of_nodes":1,\
      "number_of_data_nodes":1,"active_primary_shards":0,"active_shards":0,\
      "relocating_shards":0,"initializing_shards":0,"unassigned_shards":0,\
      "unassigned_primary_shards":0,"delayed_unassigned_shards":0,"number_of_pending_tasks":0,\
      "number_of_in_flight_fetch":0,"task_max_waiting_in_queue_millis":0,\
      "active_shards_percent_as_number":100.0,"indices":{}}\
      """;

  private final StandIn standIn = new StandIn();
  private final AtomicInteger silent = new AtomicInteger();
  private final Disposable.Composite reads = Disposables.composite();

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  ElasticsearchRestClientAutoConfiguration.class,
                  ElasticsearchClientAutoConfiguration.class))
          .withUserConfiguration(ElasticConfiguration.class)
          .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
          .withBean(Clock.class, Clock::systemUTC)
          .withPropertyValues(
              "spring.elasticsearch.uris=" + standIn.uri(),
              "logs.elasticsearch.connections=" + CONNECTIONS);

  @AfterEach
  void close() {
    reads.dispose();
    standIn.close();
  }

  @Test
  void writesAndProbesDoNotWaitForConnectionsThatReadsHold() {
    standIn.answers(this::leavesReadsWithoutAnAnswer);
    runner.run(context -> {
      EventStore store = context.getBean(EventStore.class);
      for (int i = 0; i < 3 * CONNECTIONS; i++) {
        reads.add(
            store
                .find("some", YearMonth.of(2024, 8), Memories.share())
                .subscribe(e -> {}, e -> {}));
        reads.add(
            store
                .search(Queries.all(), Queries.page(10), Memories.share())
                .subscribe(e -> {}, e -> {}));
      }
      await().untilAtomic(silent, equalTo(CONNECTIONS));

      Instant august = Instant.parse("2024-08-11T10:00:00Z");
      assertThat(
              store.write(List.of(new Events(1).next(august)), RefreshPolicy.NONE).block(TIMEOUT))
          .containsExactly(new Stored());
      Health health = context.getBean(EventStoreHealthIndicator.class).health().block(TIMEOUT);
      assertThat(health.getStatus()).isEqualTo(Status.UP);
      assertThat(silent).hasValue(CONNECTIONS);
    });
  }

  @Test
  void aCallersSearchesLeavePlacesForThoseOfOthers() {
    standIn.answers(this::leavesReadsWithoutAnAnswer);
    runner
        .withPropertyValues("logs.elasticsearch.connections=32", "logs.elasticsearch.searches=4")
        .run(context -> {
          EventStore store = context.getBean(EventStore.class);
          for (int i = 0; i < 64; i++) {
            search(store, "heavy");
          }
          await().untilAtomic(silent, equalTo(2));

          search(store, "other");

          await().untilAtomic(silent, equalTo(3));
        });
  }

  private void search(EventStore store, String reader) {
    reads.add(
        store
            .search(Queries.all(), Queries.page(10), Memories.large().share(reader))
            .subscribe(e -> {}, e -> {}));
  }

  private Answer leavesReadsWithoutAnAnswer(Request request) {
    String path = request.path();
    if (path.endsWith("/_search") || path.contains("/_doc/")) {
      silent.incrementAndGet();
      return StandIn.SILENCE;
    }
    if (request.isBulk()) {
      return new Answer(200, "{\"errors\":false}");
    }
    if (path.startsWith("/_cluster/health")) {
      return new Answer(200, HEALTH);
    }
    return path.startsWith("/_cluster/state")
        ? new Answer(200, "{\"blocks\":{}}")
        : StandIn.prepared(request);
  }
}
