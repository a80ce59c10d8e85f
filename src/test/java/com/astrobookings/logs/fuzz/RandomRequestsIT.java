package com.astrobookings.logs.fuzz;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.fuzz.Sample.Kind;
import com.astrobookings.logs.local.OnElasticsearch;
import com.astrobookings.logs.testing.Http;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.util.ResourceLeakDetector;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Sends ten thousand random requests, each with one expected status or a few. They are the same in
 * every run; set {@code logs.test.seed} for others.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnElasticsearch
@ExtendWith(OutputCaptureExtension.class)
class RandomRequestsIT {

  private static final int REQUESTS = 10_000;
  private static final int AT_ONCE = 10;
  private static final long SEED = Long.getLong("logs.test.seed", 20240812);

  private static final Pattern INTERNALS =
      Pattern.compile(
          "[\\w.]*Exception|\\bat"
              + " (com|org|java|reactor|io)\\.|springframework|jackson|reactor\\.netty"
              + "|co\\.elastic|es-node|\\[index");

  private static final long MEGABYTE = 1 << 20;
  private static final ResourceLeakDetector.Level LEVEL = ResourceLeakDetector.getLevel();

  private final Map<Outcome, Long> outcomes = new ConcurrentHashMap<>();
  private final Accounts accounts = new Accounts();

  @LocalServerPort private int port;
  @Autowired private MeterRegistry registry;

  /** What is kept of a response. */
  private record Outcome(Kind kind, int status) {}

  @BeforeAll
  static void trackEveryBuffer() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
  }

  @AfterAll
  static void trackSomeBuffers() {
    ResourceLeakDetector.setLevel(LEVEL);
  }

  @Test
  void areAnsweredAsExpected(CapturedOutput log) {
    Map<String, Long> before = Accounts.counted(registry);
    long reachedBefore = reachedElasticsearch();
    send(REQUESTS / 10, SEED);
    send(REQUESTS / 2, SEED + AT_ONCE);
    Memory half = Memory.used();
    send(REQUESTS / 2, SEED + 2 * AT_ONCE);
    Memory growth = Memory.used().since(half);
    System.out.printf("Random requests, seed %d: %s, %s%n", SEED, outcomes, growth);

    assertThat(count(outcome -> true)).isGreaterThanOrEqualTo(REQUESTS);
    distributionIsAsIntended();
    assertThat(reachedElasticsearch() - reachedBefore)
        .as("requests to Elasticsearch, seed %d", SEED)
        .isGreaterThanOrEqualTo(share(20));
    assertThat(accounts.receipts())
        .as("seed %d", SEED)
        .containsKeys("stored", "duplicate", "conflict", "invalid")
        .isEqualTo(Accounts.difference(before, Accounts.counted(registry)));
    assertThat(growth.heap()).as("heap, seed %d", SEED).isLessThan(4 * MEGABYTE);
    assertThat(growth.direct()).as("beside the heap, seed %d", SEED).isLessThan(4 * MEGABYTE);
    assertThat(log).as("seed %d", SEED).doesNotContain("LEAK: ");
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
    RandomRequests random = new RandomRequests(new Random(seed));
    for (int i = 0; i < requests; i++) {
      Sample sample = random.next();
      checkResponse(sample, send(sample));
    }
  }

  private HttpResponse<String> send(Sample sample) {
    return Http.send(sample.request("http://127.0.0.1:" + port));
  }

  private void checkResponse(Sample sample, HttpResponse<String> answer) {
    int status = answer.statusCode();
    outcomes.merge(new Outcome(sample.kind(), status), 1L, Long::sum);
    if (sample.isWrite()) {
      accounts.add(answer.body());
    }
    String shown = "seed " + SEED + " " + sample + " " + status + " " + answer.body();
    assertThat(sample.expected()).as(shown).contains(status);
    // A problem may repeat what the request said.
    if (status >= 400) {
      assertThat(INTERNALS.matcher(answer.body()).results().map(MatchResult::group))
          .as(shown)
          .allMatch(sample::says);
    }
    // Before its header is read, a request has no trace.
    if (status != 431 && status != 414) {
      assertThat(answer.headers().firstValue("X-Trace-Id")).as(shown).isPresent();
    }
  }

  private void distributionIsAsIntended() {
    for (Kind kind : Kind.values()) {
      assertThat(count(outcome -> outcome.kind() == kind))
          .as("%s of %s", kind, outcomes)
          .isGreaterThanOrEqualTo(share(5));
    }
    assertThat(count(outcome -> List.of(200, 201, 207).contains(outcome.status())))
        .as("%s", outcomes)
        .isGreaterThanOrEqualTo(share(40));
    assertThat(count(outcome -> List.of(400, 422).contains(outcome.status())))
        .as("%s", outcomes)
        .isGreaterThan(share(10));
    assertThat(outcomes)
        .containsKeys(
            new Outcome(Kind.EVENT, 201),
            new Outcome(Kind.EVENT, 409),
            new Outcome(Kind.EVENTS, 200),
            new Outcome(Kind.EVENTS, 207),
            new Outcome(Kind.BY_ID, 200),
            new Outcome(Kind.BY_ID, 404),
            new Outcome(Kind.DAMAGED_WRITE, 207),
            new Outcome(Kind.DAMAGED_WRITE, 400),
            new Outcome(Kind.DAMAGED_WRITE, 422),
            new Outcome(Kind.DAMAGED_READ, 200));
    assertThat(outcomes.keySet())
        .extracting(Outcome::status)
        .contains(200, 201, 207, 400, 404, 405, 406, 409, 415, 422);
  }

  private long share(int percent) {
    return count(outcome -> true) * percent / 100L;
  }

  private long count(Predicate<Outcome> counts) {
    return outcomes.entrySet().stream()
        .filter(entry -> counts.test(entry.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /**
   * How many bulks and searches it was sent: at most one of them for a request to the service,
   * while one bulk may be for several. Lookups by id, which also follow some bulks, do not count.
   */
  private long reachedElasticsearch() {
    return registry.find("logs.elasticsearch.requests").timers().stream()
        .filter(timer -> List.of("bulk", "search").contains(timer.getId().getTag("operation")))
        .mapToLong(Timer::count)
        .sum();
  }
}
