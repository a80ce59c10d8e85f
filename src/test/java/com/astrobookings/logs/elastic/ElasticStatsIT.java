package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.local.OnElasticsearch;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.Filter;
import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.memory.Memories;
import com.astrobookings.logs.store.stats.Dimension;
import com.astrobookings.logs.store.stats.EventStats;
import com.astrobookings.logs.store.stats.EventStats.Reconciliations;
import com.astrobookings.logs.store.stats.Interval;
import com.astrobookings.logs.store.stats.StatsRequest;
import com.astrobookings.logs.store.stats.StatsRequest.Resolution;
import com.astrobookings.logs.store.stats.TooManyBucketsException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** Statistics of random events and queries, compared with what the oracle counts one by one. */
@SpringBootTest
@OnElasticsearch
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ElasticStatsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Three months that no other test writes to, with a change of clocks in each zone. */
  private static final Instant START = Instant.parse("2015-09-15T00:00:00Z");

  private static final long SECONDS = Duration.ofDays(70).toSeconds();
  private static final int QUESTIONS = Integer.getInteger("logs.test.stats.questions", 120);

  private static final List<ZoneId> ZONES =
      List.of(
          ZoneId.of("UTC"),
          ZoneId.of("Europe/Madrid"),
          ZoneId.of("America/St_Johns"),
          ZoneId.of("Asia/Kathmandu"),
          ZoneId.of("Australia/Lord_Howe"),
          ZoneId.of("+02:00"));

  private static final List<Dimension> FIELDS =
      List.of(
          new Dimension("type", "event.code"),
          new Dimension("outcome", "event.outcome"),
          new Dimension("userId", "user.id"),
          new Dimension("email", "user.email"),
          new Dimension("ipAddress", "source.ip"),
          new Dimension("errorCode", "error.code"),
          new Dimension("errorGroup", "error.grouping_key"),
          new Dimension("process", "reconcile.process"),
          new Dimension("jobId", "notification.job_id"),
          new Dimension("notificationType", "notification.type"),
          new Dimension("recipient", "notification.recipient"),
          new Dimension("source", "service.name"),
          new Dimension("label.team", "labels.team"),
          new Dimension("label.build.number", "labels.build.number"));

  private final long seed = UUID.randomUUID().getLeastSignificantBits();
  private final Random random = new Random(seed);
  private final Events events = new Events(seed);
  private final InMemoryEventStore oracle = new InMemoryEventStore();
  private final String run = UUID.randomUUID().toString();

  @Autowired private EventStore store;

  @BeforeAll
  void write() {
    List<StoredEvent> written = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      written.add(events.next(run + "-" + i, events.timestampIn(START, SECONDS)));
    }
    Collections.shuffle(written, random);
    assertThat(store.write(written, RefreshPolicy.WAIT_FOR, PATIENCE).block(PATIENCE))
        .containsOnly(new Stored());
    oracle.write(written, RefreshPolicy.WAIT_FOR).block(PATIENCE);
  }

  @Test
  void countsLikeTheOracle() {
    for (int i = 0; i < QUESTIONS; i++) {
      EventQuery query = query();
      StatsRequest request = request();
      String question = "seed %d: %s %s".formatted(seed, query, request);
      EventStats expected = stats(oracle, query, request);
      EventStats found = stats(store, query, request);
      assertThat(found.groups()).as(question).isEqualTo(expected.groups());
      assertThat(found.buckets()).as(question).isEqualTo(expected.buckets());
      assertThat(found.counts()).as(question).isEqualTo(expected.counts());
      assertThat(found.interval()).as(question).isEqualTo(expected.interval());
      alike(found.reconciliations(), expected.reconciliations(), question);
      assertThat(found.counts().count())
          .as(question)
          .isEqualTo(total(query))
          .isEqualTo(oracle.matching(query).size());
      sumsHold(found, request, question);
    }
  }

  @Test
  void countsFromTheFirstToTheLastEventWithoutBounds() {
    List<StoredEvent> few = List.copyOf(oracle.events()).subList(0, 7);
    Filter ids =
        new Filter(
            "trace.id",
            new TreeSet<>(
                few.stream()
                    .map(stored -> stored.event().envelope().traceId())
                    .filter(Objects::nonNull)
                    .toList()));
    EventQuery query = new EventQuery(null, null, Set.of(), List.of(ids), null, Order.ASC);
    for (Resolution interval : List.of(new Resolution.Auto(), new Resolution.Fixed(Interval.DAY))) {
      StatsRequest request =
          new StatsRequest(interval, ZONES.get(1), List.of(FIELDS.getFirst()), 4, false);
      EventStats found = stats(store, query, request);
      assertThat(found.buckets()).isEqualTo(stats(oracle, query, request).buckets());
      assertThat(found.interval()).isEqualTo(stats(oracle, query, request).interval());
      assertThat(found.buckets().getFirst().counts().count()).isPositive();
      assertThat(found.buckets().getLast().counts().count()).isPositive();
    }
  }

  @Test
  void hasNoUnitsOfTimeWithoutBoundsAndEvents() {
    Filter nothing = new Filter("trace.id", new TreeSet<>(Set.of(run)));
    EventQuery query = new EventQuery(null, null, Set.of(), List.of(nothing), null, Order.ASC);
    StatsRequest request =
        new StatsRequest(new Resolution.Auto(), ZONES.getFirst(), FIELDS.subList(0, 2), 4, true);
    EventStats found = stats(store, query, request);
    assertThat(found).isEqualTo(stats(oracle, query, request));
    assertThat(found.counts().count()).isZero();
    assertThat(found.interval()).isNull();
  }

  @Test
  void namesTheIntervalThatFitsWhereTheEventsSpanTooMuch() {
    Filter team = new Filter("labels.team", new TreeSet<>(List.of("core-api", "Zürich")));
    for (Instant from : Arrays.asList(null, START)) {
      EventQuery query = new EventQuery(from, null, Set.of(), List.of(team), null, Order.ASC);
      StatsRequest request =
          new StatsRequest(
              new Resolution.Fixed(Interval.SECOND), ZONES.getFirst(), List.of(), 1, false);
      assertThatThrownBy(() -> stats(store, query, request))
          .isInstanceOf(TooManyBucketsException.class)
          .hasMessageMatching(
              "would give more than 10,000 buckets; the smallest interval that fits is \\d+[mhd]");
    }
  }

  private long total(EventQuery query) {
    PageRequest page = new PageRequest(1, null, run, TotalMode.EXACT);
    return Objects.requireNonNull(
            Objects.requireNonNull(store.search(query, page, Memories.share()).block(PATIENCE))
                .total())
        .value();
  }

  private static void sumsHold(EventStats found, StatsRequest request, String question) {
    if (!request.by().isEmpty()) {
      long values = found.groups().values().stream().mapToLong(v -> v.counts().count()).sum();
      assertThat(values + found.groups().other() + found.groups().missing())
          .as(question)
          .isEqualTo(found.counts().count());
    }
    if (found.interval() != null) {
      assertThat(found.buckets().stream().mapToLong(bucket -> bucket.counts().count()).sum())
          .as(question)
          .isEqualTo(found.counts().count());
    }
  }

  private static void alike(
      @Nullable Reconciliations found, @Nullable Reconciliations expected, String question) {
    if (found == null || expected == null) {
      assertThat(found).as(question).isEqualTo(expected);
      return;
    }
    close(found.recordsProcessed(), expected.recordsProcessed());
    close(found.discrepanciesFound(), expected.discrepanciesFound());
    close(found.timeTakenSeconds().sum(), expected.timeTakenSeconds().sum());
    close(found.timeTakenSeconds().max(), expected.timeTakenSeconds().max());
    assertThat(found.timeTakenSeconds().p50())
        .as(question)
        .isLessThanOrEqualTo(found.timeTakenSeconds().p95());
    assertThat(found.timeTakenSeconds().p95())
        .as(question)
        .isLessThanOrEqualTo(found.timeTakenSeconds().p99());
    assertThat(found.timeTakenSeconds().p99())
        .as(question)
        .isLessThanOrEqualTo(found.timeTakenSeconds().max());
  }

  private static void close(double found, double expected) {
    assertThat(found).isCloseTo(expected, within(Math.abs(expected) * 1e-9));
  }

  private EventStats stats(EventStore from, EventQuery query, StatsRequest request) {
    return Objects.requireNonNull(from.stats(query, request, Memories.share()).block(PATIENCE));
  }

  /** Events of this test only, whatever else is in these months. */
  private EventQuery query() {
    Instant from = moment();
    Instant to = from.plusNanos(random.nextLong(Duration.ofDays(50).toNanos()));
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (EventType type : EventType.values()) {
      if (random.nextInt(3) == 0) {
        types.add(type);
      }
    }
    List<Filter> filters = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      filters.add(new Filter("service.name", new TreeSet<>(List.of("core-api", "Zürich"))));
    }
    return new EventQuery(
        random.nextInt(4) == 0 ? START : from,
        random.nextInt(4) == 0 ? START.plusSeconds(SECONDS) : to,
        types,
        filters,
        null,
        Order.ASC);
  }

  /** Often the very timestamp of an event. */
  private Instant moment() {
    return random.nextBoolean()
        ? events.timestampIn(START, SECONDS)
        : events.oneOf(List.copyOf(oracle.events())).event().timestamp();
  }

  private StatsRequest request() {
    List<Dimension> by = new ArrayList<>(FIELDS);
    Collections.shuffle(by, random);
    List<Dimension> fields = by.subList(0, random.nextInt(3));
    boolean many = fields.size() == 1 && random.nextInt(4) == 0;
    return new StatsRequest(
        interval(),
        events.oneOf(ZONES),
        fields,
        many ? StatsRequest.MAX_SIZE : 1 + random.nextInt(6),
        random.nextInt(4) == 0);
  }

  private Resolution interval() {
    return switch (random.nextInt(4)) {
      case 0 -> new Resolution.None();
      case 1 -> new Resolution.Auto();
      default ->
          new Resolution.Fixed(
              events.oneOf(
                  Arrays.stream(Interval.values())
                      .filter(interval -> interval.compareTo(Interval.MINUTES_30) >= 0)
                      .toList()));
    };
  }
}
