package com.astrobookings.logs.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.local.TestNode;
import com.astrobookings.logs.store.Cursor;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.store.SearchAfter;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the first page's search sees is read once and in its place, while two writers write, on two
 * nodes that refresh their copies at different times. To repeat a run, give {@code logs.test.seed};
 * it fixes the events and the questions, but not the pace.
 */
class EveryEventOnceIT {

  private static final long SEED = Long.getLong("logs.test.seed", new Random().nextLong());
  private static final int BATCHES_OF_A_MONTH = 32;
  private static final int MOST_PAGES = 100;
  private static final int AT_ONCE = 4;

  private static final Asked ALL =
      new Asked(List.of(), new EventQuery(null, null, Set.of(), Order.ASC));

  /** When thousands of events happened. */
  private static final Instant CROWDED = Moments.MONTHS.getFirst().all().getFirst();

  private static final InMemoryEventStore oracle = new InMemoryEventStore();
  private static final List<AutoCloseable> started = new ArrayList<>();
  private static Cluster cluster;
  private static Service one;
  private static Service other;
  private static List<Writer> writers;
  private static List<Choice> choices;

  @BeforeAll
  static void start() throws Exception {
    TestNode first = closedAtTheEnd(TestNode.startCluster("paging-1"));
    TestNode second = closedAtTheEnd(first.join("paging-2"));
    cluster = new Cluster(first.uri());
    one = closedAtTheEnd(new Service(first.uri() + "," + second.uri()));
    other = closedAtTheEnd(new Service(second.uri() + "," + first.uri()));
    writers = Moments.MONTHS.stream().map(EveryEventOnceIT::writer).toList();
    choices = Choice.all(traces());
    cluster.awaitReplicas();
    writers.forEach(Writer::goOn);
  }

  private static Writer writer(Moments moments) {
    Writer writer = new Writer(one.store(), oracle, moments, SEED ^ moments.hashCode());
    return closedAtTheEnd(writer.begin(BATCHES_OF_A_MONTH));
  }

  private static List<String> traces() {
    return oracle.events().stream()
        .map(StoredEvent::event)
        .sorted(Comparator.comparing(event -> event.id()))
        .map(event -> event.envelope().traceId())
        .filter(Objects::nonNull)
        .limit(300)
        .toList();
  }

  private static <T extends AutoCloseable> T closedAtTheEnd(T resource) {
    started.addFirst(resource);
    return resource;
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable resource : started) {
      resource.close();
    }
  }

  @Test
  void isReadInPagesOfOneToSevenWhereThousandsHaveOneTimestamp() {
    assertThat(matching(ALL.at(CROWDED))).hasSizeGreaterThan(2_000);
    forEachOrder((order, random) ->
        IntStream.rangeClosed(1, 7)
            .mapToObj(limit -> {
              Supplier<Asked> questions = () -> byAny(random, order).at(CROWDED);
              return reading(asked(questions, 30 * limit, MOST_PAGES * limit), limit, random);
            }));
  }

  @Test
  void isReadInPagesOfAnySizeFromBothNodesByUpToThreeFilters() throws Exception {
    Map<String, Long> before = cluster.searches();

    forEachOrder((order, random) ->
        Stream.concat(
            choices.stream()
                .map(choice -> (Supplier<Asked>) () -> Asked.by(choice, choices, random, order))
                .map(questions -> ofRandomPages(questions, random)),
            Stream.of(20, 100, 333, 999, 1_000)
                .map(limit ->
                    reading(
                        asked(() -> Asked.atRandom(random, order), limit + 1, MOST_PAGES * limit),
                        limit,
                        random))));

    Map<String, Long> after = cluster.searches();
    assertThat(after).hasSize(2).isNotEqualTo(before);
    assertThat(after.keySet())
        .as("%s before, %s after", before, after)
        .allMatch(node -> after.get(node) > before.get(node));
  }

  /** A reading of at least two pages of a random size, more often of a small one. */
  private static Runnable ofRandomPages(Supplier<Asked> questions, Random random) {
    Asked asked = asked(questions, 2, 100_000);
    int matching = matching(asked).size();
    int least = Math.ceilDiv(matching, MOST_PAGES);
    int most = Math.clamp(matching - 1, least, 1_000);
    int limit = (int) (least * Math.pow((double) most / least, random.nextDouble()));
    return reading(asked, limit, random);
  }

  private static Asked byAny(Random random, Order order) {
    return Asked.by(choices.get(random.nextInt(choices.size())), choices, random, order);
  }

  /** A question that so many events match already. */
  private static Asked asked(Supplier<Asked> questions, int least, int most) {
    return Stream.generate(questions)
        .limit(500)
        .filter(asked -> matching(asked).size() >= least)
        .filter(asked -> matching(asked).size() <= most)
        .findFirst()
        .orElseThrow(() ->
            new AssertionError("Nobody asks for %d to %d, seed %d".formatted(least, most, SEED)));
  }

  /** Starts the readings of each order, some at a time; returns when all have ended. */
  private static void forEachOrder(Readings readings) {
    try (ExecutorService readers = Executors.newFixedThreadPool(AT_ONCE)) {
      Stream.of(Order.values())
          .flatMap(order -> readings.in(order, new Random(SEED ^ order.name().hashCode())))
          .map(reading -> CompletableFuture.runAsync(reading, readers))
          .toList()
          .forEach(CompletableFuture::join);
    }
  }

  private interface Readings {
    Stream<Runnable> in(Order order, Random random);
  }

  /** Reads each page from one of the instances. */
  private static Runnable reading(Asked asked, int limit, Random random) {
    Random own = new Random(random.nextLong());
    return () -> read(asked, limit, page -> (own.nextBoolean() ? one : other).logs(page));
  }

  @ParameterizedTest
  @CsvSource({"1, ASC", "7, DESC", "60, ASC", "500, DESC"})
  void isReadOnAfterARestartBeforeAnyPage(int limit, Order order) {
    Random random = new Random(SEED ^ limit ^ order.name().hashCode());
    Asked asked =
        asked(
            () -> limit < 60 ? byAny(random, order) : Asked.atRandom(random, order),
            2 * limit + 1,
            limit * MOST_PAGES);
    int restarted = 2 + random.nextInt(Math.ceilDiv(matching(asked).size(), limit) - 1);
    AtomicInteger page = new AtomicInteger();

    read(
        asked,
        limit,
        parameters -> {
          if (page.incrementAndGet() == restarted) {
            other.restart();
          }
          return other.logs(parameters);
        });

    assertThat(page).hasValueGreaterThanOrEqualTo(restarted);
  }

  /** The usual mistake of pages that follow the last timestamp: those with the same are lost. */
  @Test
  void isNotReadByACursorThatForgetsTheId() {
    Asked asked = ALL.at(CROWDED);
    List<String> searchable = searchable();

    Reading reading =
        Reading.of(asked.parameters(), 50, one::logs, EveryEventOnceIT::behindItsTimestamp);

    assertThatThrownBy(() -> check(asked, searchable, reading, "control"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("left out");
  }

  private static String behindItsTimestamp(String cursor) {
    Cursor right = Cursor.decode(cursor);
    return new Cursor(
            right.asked(),
            right.from(),
            right.to(),
            right.fingerprint(),
            new SearchAfter(right.last().timestamp(), "~"),
            right.preference())
        .encode();
  }

  private static void read(Asked asked, int limit, Function<String, URI> address) {
    String reason = "seed %d, limit %d, %s".formatted(SEED, limit, asked.parameters());
    List<String> searchable = searchable();

    Reading reading = Reading.of(asked.parameters(), limit, address);

    assertThat(reading.totals()).as("pages, %s", reason).hasSizeGreaterThan(1);
    check(asked, searchable, reading, reason);
    assertThat(writers).as(reason).allMatch(Writer::isRunning);
  }

  private static void check(Asked asked, List<String> searchable, Reading reading, String reason) {
    List<List<String>> written = writers.stream().map(Writer::sent).toList();
    new ReadingCheck(matching(asked), searchable, written)
        .accept(reading.ids(), reading.totals(), reason);
  }

  private static List<String> matching(Asked asked) {
    return oracle.matching(asked.query()).stream().map(stored -> stored.event().id()).toList();
  }

  private static List<String> searchable() {
    return writers.stream().flatMap(writer -> writer.searchable().stream()).toList();
  }
}
