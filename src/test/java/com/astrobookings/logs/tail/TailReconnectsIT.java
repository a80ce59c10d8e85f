package com.astrobookings.logs.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.local.TestNode;
import com.astrobookings.logs.paging.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Clients that reconnect at random moments to two instances on two nodes, while events are written,
 * receive each of them once, whatever is restarted meanwhile.
 *
 * <p>The system property {@code logs.test.tail.reconnects} states how often they reconnect
 * together.
 */
class TailReconnectsIT {

  private static final long SEED = Long.getLong("logs.test.seed", new Random().nextLong());
  private static final int RECONNECTS = Integer.getInteger("logs.test.tail.reconnects", 60);
  private static final int CLIENTS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Instant MONTH = Instant.parse("2021-05-10T00:00:00Z");
  private static final Instant NEW_MONTH = Instant.parse("2021-07-10T00:00:00Z");

  private final AtomicInteger reconnects = new AtomicInteger();
  private final Random random = new Random(SEED);

  @Test
  void receiveEveryEventOnce() throws Exception {
    try (TestNode first = TestNode.startCluster("tail-1");
        TestNode second = first.join("tail-2");
        Service one = new Service(first.uri() + "," + second.uri());
        Service other = new Service(second.uri() + "," + first.uri())) {
      List<RestlessClient> clients =
          IntStream.range(0, CLIENTS).mapToObj(i -> client(i, one, other)).toList();
      await().atMost(PATIENCE).until(() -> clients.stream().allMatch(RestlessClient::hasPosition));
      Load load = new Load(one.store(), SEED, MONTH, 15, Duration.ofMillis(20));
      try (load) {
        List<Runnable> incidents = new ArrayList<>();
        for (int i = 0; i < Math.max(1, RECONNECTS / 500); i++) {
          Instant month = NEW_MONTH.plus(Duration.ofDays(31L * i));
          incidents.add(other::restart);
          incidents.add(() -> killAndRestart(second));
          incidents.add(() -> load.addMonth(month));
          incidents.add(() -> killAndRestart(first));
        }
        whileTheyReconnect(incidents);
      }
      check(clients, load.written());
    }
  }

  private RestlessClient client(int number, Service one, Service other) {
    Random own = new Random(SEED + number);
    String parameters = number % 2 == 0 ? "" : "?type=AUTH";
    return new RestlessClient(
        () -> (own.nextBoolean() ? one : other).at("/tail" + parameters),
        own.nextLong(),
        reconnects);
  }

  /** Spreads the incidents over the reconnects. */
  private void whileTheyReconnect(List<Runnable> incidents) {
    int before = reconnects.get();
    for (int i = 0; i < incidents.size(); i++) {
      awaitReconnects(before + RECONNECTS * (i + 1) / (incidents.size() + 1));
      incidents.get(i).run();
    }
    awaitReconnects(before + RECONNECTS);
  }

  private void awaitReconnects(int count) {
    await()
        .atMost(PATIENCE.toSeconds() + RECONNECTS, TimeUnit.SECONDS)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> reconnects.get() >= count);
  }

  private void killAndRestart(TestNode node) {
    node.kill();
    try {
      Thread.sleep(random.nextInt(1_500));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    node.restart();
  }

  private static void check(List<RestlessClient> clients, List<StoredEvent> written)
      throws Exception {
    List<String> all = ids(written);
    List<String> attempts =
        ids(written.stream().filter(it -> it.event().type() == EventType.AUTH).toList());
    List<CompletableFuture<Void>> ends =
        IntStream.range(0, clients.size())
            .mapToObj(i -> clients.get(i).endAt((i % 2 == 0 ? all : attempts).size()))
            .toList();
    for (int i = 0; i < clients.size(); i++) {
      try {
        ends.get(i).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (TimeoutException late) {
        // What is missing is shown below.
      }
      assertThat(clients.get(i).received())
          .as("client %d, seed %d, problems %s", i, SEED, clients.get(i).problems())
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(i % 2 == 0 ? all : attempts);
    }
    System.out.printf("%d clients each received %d events once%n", clients.size(), all.size());
  }

  private static List<String> ids(List<StoredEvent> events) {
    return events.stream().map(stored -> stored.event().id()).toList();
  }
}
