package com.astrobookings.logs.paging;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.local.TestNode;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.InMemoryEventStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the first page's search sees is read once and in its place, while two writers write, on two
 * nodes that refresh their copies at different times. To repeat a run, give {@code logs.test.seed};
 * it fixes the events and the questions, but not the pace.
 */
class EveryEventOnceIT {

  private static final long SEED = Long.getLong("logs.test.seed", new Random().nextLong());
  private static final int BATCHES_OF_A_MONTH = 20;
  private static final int MOST_PAGES = 40;

  private static final InMemoryEventStore oracle = new InMemoryEventStore();
  private static final List<AutoCloseable> started = new ArrayList<>();
  private static Service one;
  private static Service other;
  private static List<Writer> writers;

  private final Random random = new Random(SEED);

  @BeforeAll
  static void start() throws Exception {
    TestNode first = closedAtTheEnd(TestNode.startCluster("paging-1"));
    TestNode second = closedAtTheEnd(first.join("paging-2"));
    one = closedAtTheEnd(new Service(first.uri() + "," + second.uri()));
    other = closedAtTheEnd(new Service(second.uri() + "," + first.uri()));
    writers = Moments.MONTHS.stream().map(EveryEventOnceIT::writer).toList();
    awaitReplicas(first.uri());
    writers.forEach(Writer::goOn);
  }

  private static Writer writer(Moments moments) {
    Writer writer = new Writer(one.store(), oracle, moments, SEED ^ moments.hashCode());
    return closedAtTheEnd(writer.begin(BATCHES_OF_A_MONTH));
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

  private static void awaitReplicas(URI node) throws Exception {
    URI health =
        node.resolve("/_cluster/health/astrobookings-events-*?wait_for_status=green&timeout=60s");
    try (HttpClient http = HttpClient.newHttpClient()) {
      String answer =
          http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString()).body();
      JsonNode state = new JsonMapper().readTree(answer);
      assertThat(state.path("status").asString()).as(answer).isEqualTo("green");
      assertThat(state.path("active_primary_shards").asInt()).as(answer).isEqualTo(2);
      assertThat(state.path("active_shards").asInt()).as(answer).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 100, 333, 1_000})
  void isReadFromTwoInstancesInTurn(int limit) {
    for (Order order : Order.values()) {
      for (int i = 0; i < 2; i++) {
        read(limit, order, page -> (random.nextBoolean() ? one : other).logs(page));
      }
    }
  }

  @Test
  void isReadOnAfterRestarts() {
    for (Order order : Order.values()) {
      AtomicInteger page = new AtomicInteger();
      read(
          1 + random.nextInt(400),
          order,
          parameters -> {
            if (page.incrementAndGet() == 2) {
              other.restart();
            }
            return other.logs(parameters);
          });
      assertThat(page).as("pages, %s", order).hasValueGreaterThan(1);
    }
  }

  private void read(int limit, Order order, Function<String, URI> address) {
    Asked asked =
        Stream.generate(() -> Asked.atRandom(random, order))
            .filter(question -> pages(question.query(), limit) > 1)
            .filter(question -> pages(question.query(), limit) <= MOST_PAGES)
            .findFirst()
            .orElseThrow();
    List<String> searchable = writers.stream().flatMap(w -> w.searchable().stream()).toList();

    Reading reading = Reading.of(asked.parameters(), limit, address);

    String reason = "seed %d, limit %d, %s".formatted(SEED, limit, asked.parameters());
    check(asked.query(), searchable, reading, reason);
    assertThat(writers).as(reason).allMatch(Writer::isRunning);
  }

  private static int pages(EventQuery query, int limit) {
    return Math.ceilDiv(oracle.matching(query).size(), limit);
  }

  private static void check(
      EventQuery query, List<String> searchable, Reading reading, String reason) {
    List<String> sent = oracle.matching(query).stream().map(stored -> stored.event().id()).toList();
    Set<String> matching = new HashSet<>(sent);
    Set<String> read = new HashSet<>(reading.ids());
    assertThat(reading.ids())
        .as("order, %s", reason)
        .isEqualTo(sent.stream().filter(read::contains).toList());
    assertThat(searchable.stream().filter(matching::contains).filter(id -> !read.contains(id)))
        .as("left out, %s", reason)
        .isEmpty();
    assertThat(writers.stream().mapToLong(w -> w.readWithoutGap(matching, read)).sum())
        .as("read without gap, as many as the first page saw, %s", reason)
        .isGreaterThanOrEqualTo(reading.totals().getFirst());
    assertThat(reading.totals()).as("what the pages saw, %s", reason).isSorted();
  }
}
