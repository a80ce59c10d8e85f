package com.astrobookings.logs.fuzz;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;

import com.astrobookings.logs.local.OnElasticsearch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Ten thousand random requests, the same in every run; a fault is shown with a small example. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnElasticsearch
class RandomRequestsIT {

  private static final int REQUESTS = 10_000;
  private static final int AT_ONCE = 10;
  private static final long SEED = 20240812;

  private static final Pattern INTERNALS =
      Pattern.compile(
          "Exception|\\bat (com|org|java|reactor|io)\\.|springframework|jackson|reactor\\.netty"
              + "|co\\.elastic|es-node|\\[index");

  private static final long MEGABYTE = 1 << 20;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();

  @LocalServerPort private int port;
  @Autowired private MeterRegistry registry;

  /** What is left of an answer; its body could be a page of other tests' large events. */
  private record Outcome(boolean valid, int status) {}

  @Test
  void areAllAnsweredAsTheyDeserve() {
    send(REQUESTS / 10, SEED);
    long before = usedMemory();
    send(REQUESTS, SEED + AT_ONCE);
    long after = usedMemory();

    assertThat(outcomes.size()).as("without repetitions").isGreaterThanOrEqualTo(REQUESTS);
    distributionIsAsIntended();
    accountsAddUp();
    assertThat(after - before).as("growth of the heap").isLessThan(64 * MEGABYTE);
  }

  /** Each sender has a sequence of its own, so all of them send the same in every run. */
  private void send(int requests, long seed) {
    try (ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE)) {
      LongStream.range(seed, seed + AT_ONCE)
          .mapToObj(own -> runAsync(() -> sendOneByOne(requests / AT_ONCE, own), senders))
          .toList()
          .forEach(CompletableFuture::join);
    }
  }

  private void sendOneByOne(int requests, long seed) {
    qt().withFixedSeed(seed)
        .withExamples(requests)
        .withShrinkCycles(200)
        .forAll(Requests.request())
        .checkAssert(sample -> isAnsweredAsItDeserves(sample, answer(sample)));
  }

  private HttpResponse<String> answer(Sample sample) {
    return http.sendAsync(sample.request("http://127.0.0.1:" + port), BodyHandlers.ofString())
        .join();
  }

  private void isAnsweredAsItDeserves(Sample sample, HttpResponse<String> answer) {
    int status = answer.statusCode();
    outcomes.add(new Outcome(sample.valid(), status));
    String shown = sample + " " + status + " " + answer.body();
    assertThat(status).as(shown).isLessThan(500);
    if (sample.valid()) {
      // An id can come twice by chance: then it is a conflict of two valid events.
      assertThat(status).as(shown).isIn(200, 201, 207, 404, 409);
    }
    // Events may say what they like; what the service says about a fault is its own.
    if (status >= 400) {
      assertThat(INTERNALS.matcher(answer.body()).find()).as(shown).isFalse();
    }
    // Before its header is read, a request has no trace.
    if (status != 431 && status != 414) {
      assertThat(answer.headers().firstValue("X-Trace-Id")).as(shown).isPresent();
    }
  }

  private void distributionIsAsIntended() {
    Map<Integer, Long> byStatus = new TreeMap<>();
    outcomes.forEach(outcome -> byStatus.merge(outcome.status(), 1L, Long::sum));
    long valid = outcomes.stream().filter(Outcome::valid).count();

    assertThat(valid).isGreaterThanOrEqualTo(share(40));
    assertThat(sum(byStatus, 200, 201, 207)).as("%s", byStatus).isGreaterThanOrEqualTo(share(40));
    assertThat(sum(byStatus, 400, 422)).as("%s", byStatus).isGreaterThan(share(10));
    assertThat(byStatus).containsKeys(200, 201, 207, 400, 404, 405, 406, 415, 422);
    assertThat(reachedElasticsearch()).isGreaterThanOrEqualTo(share(20));
  }

  private long share(int percent) {
    return outcomes.size() * percent / 100L;
  }

  private static long sum(Map<Integer, Long> byStatus, int... statuses) {
    long sum = 0;
    for (int status : statuses) {
      sum += byStatus.getOrDefault(status, 0L);
    }
    return sum;
  }

  /** Requests of the service itself, of which each stands for at least one that was sent to it. */
  private long reachedElasticsearch() {
    return registry.get("logs.elasticsearch.requests").timers().stream()
        .filter(
            timer -> List.of("bulk", "search", "mget").contains(timer.getId().getTag("operation")))
        .mapToLong(Timer::count)
        .sum();
  }

  private void accountsAddUp() {
    double items =
        registry.get("logs.events.items").counters().stream().mapToDouble(Counter::count).sum();
    assertThat(items).isPositive();
    assertThat(registry.get("logs.events.received").counter().count()).isEqualTo(items);
    assertThat(registry.get("logs.events.items").tag("status", "unanswered").counters())
        .allSatisfy(counter -> assertThat(counter.count()).isZero());
  }

  private static long usedMemory() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
