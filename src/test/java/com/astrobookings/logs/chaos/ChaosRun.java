package com.astrobookings.logs.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.testing.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/** Producers, a follower of the tail and faults, one after another, and what came of it. */
final class ChaosRun {

  private static final Path EVIDENCE = Path.of("target", "chaos", "evidence.txt");
  private static final Duration PROGRESS_TIMEOUT = Duration.ofMinutes(3);

  private final Stage stage;
  private final long seed;
  private final Pace pace;
  private final Supplier<URI> entrance;
  private final Receipts receipts = new Receipts();
  private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
  private final Set<Fault> skipped = EnumSet.noneOf(Fault.class);
  private final List<Duration> untilStored = new ArrayList<>();

  /**
   * A run.
   *
   * @param entrance where producers and the follower of the tail send their requests
   */
  ChaosRun(Stage stage, long seed, Pace pace, Supplier<URI> entrance) {
    this.stage = stage;
    this.seed = seed;
    this.pace = pace;
    this.entrance = entrance;
  }

  /**
   * Runs to the end and writes the evidence if something is wrong.
   *
   * @param beside what ends before everything is read again
   */
  Verdict strike(List<Fault> faults, AutoCloseable... beside) throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    try (TailFollower tail = new TailFollower(entrance)) {
      Thread.startVirtualThread(tail);
      await().atMost(PROGRESS_TIMEOUT).until(tail::isFollowing);
      List<CompletableFuture<Void>> producers = produce(stopped);
      try {
        for (Fault fault : faults) {
          awaitProgress();
          strike(fault);
        }
        awaitProgress();
      } finally {
        stopped.countDown();
      }
      producers.forEach(CompletableFuture::join);
      for (AutoCloseable ended : beside) {
        ended.close();
      }
      awaitEmptySpool();
      awaitTail(tail);
      Verdict verdict = Verdict.of(stage.address(), source(), receipts, tail.seen());
      verdict.other().addAll(tail.problems());
      report(verdict, tail);
      return verdict;
    }
  }

  private List<CompletableFuture<Void>> produce(CountDownLatch stopped) {
    return IntStream.range(0, pace.producers())
        .mapToObj(i -> {
          RandomEvents events = new RandomEvents(seed + i, source(), "%d-%d-".formatted(seed, i));
          return CompletableFuture.runAsync(
              new ChaosProducer(entrance, receipts, events, pace, stopped),
              task -> Thread.ofPlatform().name("producer-" + i).start(task));
        })
        .toList();
  }

  private String source() {
    return "chaos-" + seed;
  }

  private void strike(Fault fault) throws Exception {
    if (!fault.canStrike(stage)) {
      skipped.add(fault);
      return;
    }
    fault.strike(stage, pace.faultLength());
    struck.merge(fault, 1, Integer::sum);
    if (fault == Fault.KILL_NODE || fault == Fault.KILL_BOTH) {
      long since = System.nanoTime();
      await().atMost(PROGRESS_TIMEOUT).until(() -> receipts.lastStored() > since);
      untilStored.add(Duration.ofNanos(receipts.lastStored() - since));
    }
  }

  private void awaitProgress() {
    int before = receipts.size();
    await().atMost(PROGRESS_TIMEOUT).until(() -> receipts.size() >= before + pace.eventsBetween());
  }

  private void awaitEmptySpool() throws IOException {
    URI logs = stage.address().resolve("/api/v1/logs?limit=1");
    await()
        .atMost(PROGRESS_TIMEOUT)
        .ignoreException(UncheckedIOException.class)
        .until(() -> {
          HttpResponse<String> answer = Http.get(logs);
          return answer.statusCode() == 200
              && answer.headers().firstValue("X-Spool-Depth").isEmpty();
        });
    for (URI node : stage.elasticsearch()) {
      Http.post(node.resolve("/astrobookings-events-*/_refresh"), "application/json", "");
    }
  }

  /** An event that the tail lacks at the end is told by the verdict. */
  private void awaitTail(TailFollower tail) {
    int all = receipts.size();
    try {
      await().atMost(pace.tailTimeout()).until(() -> tail.count() >= all);
    } catch (ConditionTimeoutException incomplete) {
      assertThat(tail.count()).isLessThan(all);
    }
  }

  private void report(Verdict verdict, TailFollower tail) throws Exception {
    String table =
        """
        | seed | faults | acknowledged | stored | statuses | lost | doubled | tail streams | \
        slowest answer | stored again after |
        |---|---|---|---|---|---|---|---|---|---|
        | %d | %s | %d | %d | %s | %d | %d | %d | %.1f s | %s |
        """
            .formatted(
                seed,
                struck.toString().toLowerCase(Locale.ROOT),
                receipts.size(),
                verdict.stored(),
                receipts.statuses(),
                verdict.lost().size(),
                verdict.doubled().size(),
                tail.streams(),
                receipts.slowest().toMillis() / 1e3,
                untilStored.stream().map(time -> time.toMillis() + " ms").toList());
    System.out.println(table);
    if (!skipped.isEmpty()) {
      System.out.println("Not possible on this machine: " + skipped);
    }
    if (!verdict.violations().isEmpty()) {
      Files.createDirectories(EVIDENCE.getParent());
      List<String> evidence = new ArrayList<>(List.of(table));
      evidence.addAll(verdict.violations());
      evidence.addAll(stage.output());
      Files.write(EVIDENCE, evidence);
    }
  }

  /** The longest time until a write was answered. */
  Duration slowest() {
    return receipts.slowest();
  }
}
