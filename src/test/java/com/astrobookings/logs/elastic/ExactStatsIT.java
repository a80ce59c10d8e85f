package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.AuthEvent;
import com.astrobookings.logs.event.Envelope;
import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.Result;
import com.astrobookings.logs.local.OnElasticsearch;
import com.astrobookings.logs.local.TestElasticsearch;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.memory.Memories;
import com.astrobookings.logs.store.stats.Dimension;
import com.astrobookings.logs.store.stats.EventStats;
import com.astrobookings.logs.store.stats.EventStats.Groups;
import com.astrobookings.logs.store.stats.Interval;
import com.astrobookings.logs.store.stats.StatsRequest;
import com.astrobookings.logs.store.stats.StatsRequest.Resolution;
import com.astrobookings.logs.testing.Http;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import tools.jackson.databind.JsonNode;

/** Statistics by fields with more values than each shard reports. */
@SpringBootTest
@OnElasticsearch
class ExactStatsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Three months that no other test writes to. */
  private static final Instant START = Instant.parse("2014-09-15T00:00:00Z");

  private static final long SECONDS = Duration.ofDays(70).toSeconds();
  private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
  private static final Resolution WEEKS = new Resolution.Fixed(Interval.WEEK);

  private final long seed = UUID.randomUUID().getLeastSignificantBits();
  private final Random random = new Random(seed);
  private final Events events = new Events(seed);
  private final String run = UUID.randomUUID().toString();

  @Autowired private EventStore store;

  @Test
  void countsEveryValueExactlyWhereTheUsualCountsAreNot() {
    InMemoryEventStore many = new InMemoryEventStore();
    List<StoredEvent> written = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      written.add(attempt(i));
    }
    assertThat(store.write(written, RefreshPolicy.WAIT_FOR, PATIENCE).block(PATIENCE))
        .containsOnly(new Stored());
    many.write(written, RefreshPolicy.WAIT_FOR).block(PATIENCE);
    EventQuery query = new EventQuery(START, START.plusSeconds(SECONDS), Set.of(), Order.ASC);
    Dimension user = new Dimension("userId", "user.id");
    Dimension label = new Dimension("label.a.b", "labels.a.b");
    Dimension address = new Dimension("ipAddress", "source.ip");
    Dimension outcome = new Dimension("outcome", "event.outcome");
    for (List<Dimension> by :
        List.of(
            List.of(user),
            List.of(label),
            List.of(address),
            List.of(user, outcome),
            List.of(outcome, label),
            List.of(label, address))) {
      EventStats expected = stats(many, query, new StatsRequest(WEEKS, MADRID, by, 7, false));
      EventStats usual = stats(store, query, new StatsRequest(WEEKS, MADRID, by, 7, false));
      EventStats exact = stats(store, query, new StatsRequest(WEEKS, MADRID, by, 7, true));
      assertThat(usual.groups().errorBound()).as("seed %d, %s", seed, by).isPositive();
      sumHolds(usual);
      assertThat(exact).as("seed %d, %s", seed, by).isEqualTo(expected);
    }
    assertThat(openContexts()).isZero();
  }

  private static long openContexts() {
    return Http.json(
            Http.get(
                TestElasticsearch.uri()
                    .resolve("/_nodes/stats/indices/search?filter_path=**.open_contexts")))
        .findValues("open_contexts")
        .stream()
        .mapToLong(JsonNode::asLong)
        .sum();
  }

  /** One of many accounts, some of which are much more frequent than others. */
  private StoredEvent attempt(int number) {
    String value = "v-" + (int) Math.abs(random.nextGaussian() * 300);
    Instant timestamp = events.timestampIn(START, SECONDS);
    Envelope envelope =
        new Envelope(
            run + "-many-" + number,
            timestamp,
            null,
            null,
            random.nextInt(10) == 0 ? Map.of("x", "y") : Map.of("a.b", value, "a", "other"));
    int address = (int) Math.abs(random.nextGaussian() * 300);
    return new StoredEvent(
        new AuthEvent(
            envelope,
            value,
            null,
            Addresses.parse("10.0.%d.%d".formatted(address / 256, address % 256)).orElseThrow(),
            events.oneOf(List.of(Result.values()))),
        timestamp);
  }

  private static void sumHolds(EventStats stats) {
    Groups groups = stats.groups();
    long values = groups.values().stream().mapToLong(value -> value.counts().count()).sum();
    assertThat(values + groups.other() + groups.missing()).isEqualTo(stats.counts().count());
  }

  private static EventStats stats(EventStore from, EventQuery query, StatsRequest request) {
    return Objects.requireNonNull(from.stats(query, request, Memories.share()).block(PATIENCE));
  }
}
