package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.local.TestNode;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Takes a snapshot of the months, loses them, and restores them. */
class SnapshotIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String INDEX = "astrobookings-events-2018.01";
  private static final String MONTHS = "{\"indices\":\"astrobookings-events-*\"}";

  @TempDir private Path repository;

  @Test
  void restoredMonthsAreUsedAsTheyAre() throws Exception {
    Events events = new Events(2018);
    StoredEvent before =
        events.next(EventType.ERROR, "before", Instant.parse("2018-01-15T00:00:00Z"));
    StoredEvent after =
        events.next(EventType.ERROR, "after", Instant.parse("2018-01-16T00:00:00Z"));
    try (TestNode node = TestNode.start("snapshot", Map.of("path.repo", repository.toString()));
        Elastic elastic = new Elastic(node.uri())) {
      assertThat(write(elastic.store(), before)).containsExactly(new Stored());
      elastic.put(
          "/_snapshot/repository",
          "{\"type\":\"fs\",\"settings\":{\"location\":\"%s\"}}".formatted(repository));
      elastic.put("/_snapshot/repository/first?wait_for_completion=true", MONTHS);
      JsonNode index = elastic.get("/" + INDEX).get(INDEX);
      elastic.delete("/" + INDEX);

      JsonNode restored =
          elastic.post("/_snapshot/repository/first/_restore?wait_for_completion=true", MONTHS);
      assertThat(restored.at("/snapshot/shards/failed").asInt(-1)).isZero();

      assertThat(elastic.get("/" + INDEX).get(INDEX).get("mappings"))
          .isEqualTo(index.get("mappings"));
      assertThat(write(elastic.store(), before, after))
          .containsExactly(new Duplicate(), new Stored());
    }
  }

  private static List<WriteOutcome> write(EventStore store, StoredEvent... events) {
    List<WriteOutcome> outcomes = store.write(List.of(events), RefreshPolicy.NONE).block(TIMEOUT);
    assertThat(outcomes).isNotNull();
    return outcomes;
  }
}
