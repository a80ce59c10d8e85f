package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.elastic.index.Durability;
import com.astrobookings.logs.elastic.index.IndexSchema;
import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventPage.Total;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.memory.Memories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Indices that are not months of ours, though their names begin alike. */
class OtherIndicesIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Instant MARCH = Instant.parse("2019-03-15T00:00:00Z");
  private static final String MONTH = "astrobookings-events-2019.03";

  private final Elastic elastic = OwnNode.wiped();
  private final StoredEvent event = new Events(2019).next(MARCH);
  private EventStore store;

  @BeforeEach
  void write() {
    store = elastic.store();
    store.write(List.of(event), RefreshPolicy.WAIT_FOR).block(TIMEOUT);
  }

  @AfterEach
  void close() throws IOException {
    elastic.delete("/backup-of-events");
    elastic.close();
  }

  @Test
  void areNotRead() {
    copyTo(MONTH + "-copy");
    copyTo("astrobookings-events-old");
    copyTo("backup-of-events");
    alias("backup-of-events", "astrobookings-events-backup");
    alias(MONTH, "astrobookings-events-spring");

    assertReadOnce();
    assertThat(store.find(event.event().id(), null, Memories.share()).block(TIMEOUT))
        .isEqualTo(event);
  }

  @Test
  void areNotReadThoughThereAreMany() {
    copyTo(MONTH + "-reindexed-by-an-operator-who-likes-long-names");
    for (int i = 0; i < 100; i++) {
      elastic.put(
          "/astrobookings-events-20%02d.01-reindexed-by-an-operator-who-likes-long-names"
                  .formatted(i)
              + "?wait_for_active_shards=0",
          "{\"settings\":{\"number_of_replicas\":0,\"index.routing.allocation.require._name\":\"x\"}}");
    }
    assertReadOnce();
  }

  @Test
  void mayBeClosed() {
    copyTo(MONTH + "-copy");
    elastic.post("/" + MONTH + "-copy/_close", "");

    assertReadOnce();
  }

  @Test
  void keepTheirMappings() {
    elastic.put("/" + MONTH + "-copy", "{\"mappings\":{\"_meta\":{\"version\":0}}}");
    JsonNode mappings = elastic.get("/" + MONTH + "-copy/_mapping");

    elastic.keeper(IndexSchema.declared()).prepared().block(TIMEOUT);
    assertThat(elastic.get("/" + MONTH + "-copy/_mapping")).isEqualTo(mappings);
  }

  @Test
  void areNoMatterOfHealth() {
    elastic.put(
        "/" + MONTH + "-copy?wait_for_active_shards=0",
        "{\"settings\":{\"index.routing.allocation.require._name\":\"nowhere\"}}");
    EventStoreHealthIndicator health =
        new EventStoreHealthIndicator(
            elastic.client(),
            new Durability(elastic.client(), Duration.ZERO),
            Clock.fixed(MARCH, ZoneOffset.UTC));

    assertThat(Objects.requireNonNull(health.check().block(TIMEOUT)).getDetails())
        .doesNotContainKey("troubled");
  }

  private void assertReadOnce() {
    // A reader relies for a second on the names it has seen; a new one has seen none.
    PageRequest page = new PageRequest(10, null, "preference", TotalMode.EXACT);
    for (EventQuery query :
        List.of(Queries.all(), ofDays(0, 0), ofDays(-40, 300), ofDays(0, 400))) {
      EventPage found = elastic.store().search(query, page, Memories.share()).block(TIMEOUT);
      assertThat(found.events()).as(query.toString()).containsExactly(event);
      assertThat(found.total()).isEqualTo(new Total(1, true));
    }
    for (EventQuery query : List.of(ofDays(-40, -15), ofDays(17, 300))) {
      EventPage found = elastic.store().search(query, page, Memories.share()).block(TIMEOUT);
      assertThat(found.events()).as(query.toString()).isEmpty();
    }
  }

  private static EventQuery ofDays(int from, int to) {
    return new EventQuery(
        MARCH.plus(Duration.ofDays(from)),
        MARCH.plus(Duration.ofDays(to)),
        Set.of(),
        EventQuery.Order.ASC);
  }

  private void copyTo(String index) {
    elastic.put("/" + index, "{\"mappings\":{\"dynamic\":true}}");
    elastic.put(
        "/" + index + "/_doc/copy?refresh=true",
        new String(EventDocument.write(event), StandardCharsets.UTF_8));
  }

  private void alias(String index, String alias) {
    elastic.put("/" + index + "/_alias/" + alias, "");
  }
}
