package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import com.astrobookings.logs.store.memory.Memories;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever an operator can undo leaves the event to be written again, and harms no other month. */
class ReversibleFailureIT {

  private static final String BROKEN = "/astrobookings-events-2020.05";
  private static final String SETTINGS = BROKEN + "/_settings";
  private static final Instant IN_BROKEN = Instant.parse("2020-05-17T10:00:00Z");
  private static final Instant IN_HEALTHY = Instant.parse("2020-06-17T10:00:00Z");

  private static final EventQuery OF_BROKEN =
      new EventQuery(IN_BROKEN, IN_BROKEN.plusSeconds(60), Set.of(), EventQuery.Order.ASC);

  private final Elastic elastic = OwnNode.wiped();
  private final EventStore store = elastic.store();
  private final Events events = new Events(4711);

  /** What operators and disks do to a month. */
  enum Failure {
    WRITE_BLOCK {
      @Override
      void begin(Elastic elastic) {
        elastic.put(SETTINGS, "{\"index.blocks.write\":true}");
      }

      @Override
      void end(Elastic elastic) {
        elastic.put(SETTINGS, "{\"index.blocks.write\":null}");
      }
    },
    READ_ONLY {
      @Override
      void begin(Elastic elastic) {
        elastic.put(SETTINGS, "{\"index.blocks.read_only\":true}");
      }

      @Override
      void end(Elastic elastic) {
        elastic.put(SETTINGS, "{\"index.blocks.read_only\":null}");
      }
    },
    FLOOD_STAGE {
      @Override
      void begin(Elastic elastic) {
        elastic.put(SETTINGS, "{\"index.blocks.read_only_allow_delete\":true}");
      }

      @Override
      void end(Elastic elastic) {
        elastic.put(SETTINGS, "{\"index.blocks.read_only_allow_delete\":null}");
      }
    },
    CLOSED {
      @Override
      void begin(Elastic elastic) {
        elastic.post(BROKEN + "/_close", "");
      }

      @Override
      void end(Elastic elastic) {
        elastic.post(BROKEN + "/_open", "");
      }
    },
    ALIAS_NOT_FOR_WRITING {
      @Override
      void begin(Elastic elastic) {
        alias(elastic, false);
      }

      @Override
      void end(Elastic elastic) {
        alias(elastic, true);
      }

      private void alias(Elastic elastic, boolean writable) {
        String alias = BROKEN + "/_alias" + BROKEN + "-write";
        elastic.put(alias, "{\"is_write_index\":" + writable + "}");
      }
    },
    SHARD_LIMIT {
      @Override
      void begin(Elastic elastic) {
        elastic.delete(BROKEN);
        elastic.put("/_cluster/settings", LIMIT.formatted(1));
      }

      @Override
      void end(Elastic elastic) {
        elastic.put("/_cluster/settings", LIMIT.formatted("null"));
      }

      private static final String LIMIT = "{\"persistent\":{\"cluster.max_shards_per_node\":%s}}";
    },
    UNASSIGNED_PRIMARY {
      @Override
      void begin(Elastic elastic) {
        elastic.delete(BROKEN);
        elastic.put(
            BROKEN + "?wait_for_active_shards=0",
            """
            {
              "settings": {"index.routing.allocation.require._name": "nobody"},
              "mappings": {"dynamic": "strict"},
              "aliases": {"astrobookings-events-2020.05-write": {"is_write_index": true}}
            }
            """);
      }

      @Override
      void end(Elastic elastic) {
        elastic.put(SETTINGS, "{\"index.routing.allocation.require._name\":null}");
      }
    };

    abstract void begin(Elastic elastic);

    abstract void end(Elastic elastic);
  }

  @BeforeEach
  void bothMonthsExist() {
    assertThat(write(events.next(IN_BROKEN), events.next(IN_HEALTHY)))
        .containsExactly(new Stored(), new Stored());
  }

  @AfterEach
  void close() throws IOException {
    elastic.close();
  }

  @ParameterizedTest
  @EnumSource
  void isNeverHeldAgainstTheEventAndHarmsNoOtherMonth(Failure failure) {
    StoredEvent event = events.next(IN_BROKEN.plusSeconds(1));
    failure.begin(elastic);
    try {
      for (int i = 0; i < 2; i++) {
        List<WriteOutcome> outcomes = write(event, events.next(IN_HEALTHY.plusSeconds(i + 1)));
        assertThat(outcomes.getLast()).isEqualTo(new Stored());
        assertThat(outcomes.getFirst())
            .isInstanceOfSatisfying(
                Unavailable.class, outcome -> assertThat(outcome.overloaded()).isFalse());
      }
    } finally {
      failure.end(elastic);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(write(event)).containsExactly(new Stored()));
  }

  @ParameterizedTest
  @EnumSource(names = "UNASSIGNED_PRIMARY")
  void delaysHealthyMonthsOnceAtMost(Failure failure) {
    failure.begin(elastic);
    write(events.next(IN_BROKEN.plusSeconds(1)));
    Duration mixed =
        store
            .write(
                List.of(events.next(IN_BROKEN.plusSeconds(2)), events.next(IN_HEALTHY)),
                RefreshPolicy.NONE)
            .elapsed()
            .map(timed -> Duration.ofMillis(timed.getT1()))
            .block(Duration.ofSeconds(15));
    assertThat(mixed).isLessThan(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @EnumSource(names = {"CLOSED", "UNASSIGNED_PRIMARY"})
  void makesReadsFailThatWouldMissEvents(Failure failure) {
    failure.begin(elastic);
    assertThat(readsThatFail()).isEqualTo(4);
  }

  private int readsThatFail() {
    int failed = 0;
    for (var read :
        List.of(
            store.find("some", YearMonth.of(2020, 5), Memories.share()).then(),
            store.find("some", null, Memories.share()).then(),
            store.search(Queries.all(), Queries.page(10), Memories.share()).then(),
            store.search(OF_BROKEN, Queries.page(10), Memories.share()).then())) {
      try {
        read.block(Duration.ofSeconds(15));
      } catch (StoreUnavailableException expected) {
        failed++;
      }
    }
    return failed;
  }

  private List<WriteOutcome> write(StoredEvent... written) {
    return Objects.requireNonNull(
        store.write(List.of(written), RefreshPolicy.NONE).block(Duration.ofSeconds(15)));
  }
}
