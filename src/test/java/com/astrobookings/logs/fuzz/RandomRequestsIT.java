package com.astrobookings.logs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.fuzz.Requests.Sample;
import com.astrobookings.logs.local.OnElasticsearch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Ten thousand random requests, the same in every run. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnElasticsearch
class RandomRequestsIT {

  private static final int REQUESTS = 10_000;
  private static final int AT_ONCE = 16;
  private static final long SEED = 20240812;

  private static final Pattern INTERNALS =
      Pattern.compile(
          "Exception|\\bat (com|org|java|reactor|io)\\.|springframework|jackson|reactor\\.netty"
              + "|co\\.elastic|es-node|\\[index");

  private static final long MEGABYTE = 1 << 20;

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort private int port;
  @Autowired private MeterRegistry registry;

  /** What is left of an answer; its body could be a page of other tests' large events. */
  private record Outcome(Sample sample, int status) {}

  @Test
  void areAllAnsweredAsTheyDeserve() {
    Requests requests = new Requests("http://127.0.0.1:" + port, SEED);
    List<Outcome> outcomes = new ArrayList<>(send(requests, REQUESTS / 10));
    long before = usedMemory();
    outcomes.addAll(send(requests, REQUESTS - outcomes.size()));
    long after = usedMemory();

    assertThat(outcomes).hasSize(REQUESTS);
    distributionIsAsIntended(outcomes);
    accountsAddUp();
    assertThat(after - before).as("growth of the heap").isLessThan(64 * MEGABYTE);
  }

  private List<Outcome> send(Requests requests, int count) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(requests.next());
    }
    return Flux.fromIterable(samples)
        .flatMap(
            sample ->
                Mono.fromFuture(() -> http.sendAsync(sample.request(), BodyHandlers.ofString()))
                    .map(answer -> isAnsweredAsItDeserves(sample, answer)),
            AT_ONCE)
        .collectList()
        .block();
  }

  private static Outcome isAnsweredAsItDeserves(Sample sample, HttpResponse<String> answer) {
    Outcome outcome = new Outcome(sample, answer.statusCode());
    String shown = sample.request() + " " + outcome.status() + " " + answer.body();
    assertThat(outcome.status()).as(shown).isLessThan(500);
    if (sample.valid()) {
      // An id can come twice by chance: then it is a conflict of two valid events.
      assertThat(outcome.status()).as(shown).isIn(200, 201, 207, 404, 409);
    }
    // Events may say what they like; what the service says about a fault is its own.
    if (outcome.status() >= 400) {
      assertThat(INTERNALS.matcher(answer.body()).find()).as(shown).isFalse();
    }
    // Before its header is read, a request has no trace.
    if (outcome.status() != 431 && outcome.status() != 414) {
      assertThat(answer.headers().firstValue("X-Trace-Id")).as(shown).isPresent();
    }
    return outcome;
  }

  private void distributionIsAsIntended(List<Outcome> outcomes) {
    Map<Integer, Long> byStatus = new TreeMap<>();
    outcomes.forEach(outcome -> byStatus.merge(outcome.status(), 1L, Long::sum));
    long valid = outcomes.stream().filter(outcome -> outcome.sample().valid()).count();
    long taken = sum(byStatus, 200, 201, 207);

    assertThat(valid).isGreaterThanOrEqualTo(REQUESTS * 40 / 100);
    assertThat(taken).as("%s", byStatus).isGreaterThanOrEqualTo(REQUESTS * 40 / 100);
    assertThat(sum(byStatus, 400, 422)).as("%s", byStatus).isGreaterThan(REQUESTS * 10 / 100);
    assertThat(byStatus).containsKeys(200, 201, 207, 400, 404, 405, 406, 415, 422);
    assertThat(reachedElasticsearch()).isGreaterThanOrEqualTo(REQUESTS * 20 / 100);
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
