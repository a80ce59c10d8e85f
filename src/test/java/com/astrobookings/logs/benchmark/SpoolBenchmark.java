package com.astrobookings.logs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.local.TestNode;
import com.astrobookings.logs.testing.Http;
import com.astrobookings.logs.testing.ServiceProcess;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the spool takes while Elasticsearch is away, how fast it is drained, and what it costs while
 * nothing is spooled. Run by {@code ./mvnw verify -Pbenchmark}.
 */
@Timeout(value = 4, unit = TimeUnit.HOURS)
class SpoolBenchmark {

  private static final int BATCH = 500;
  private static final int CONNECTIONS = 4;
  private static final Duration SLICE = Duration.ofSeconds(5);
  private static final int WARM_UP_ROUNDS = 4;
  private static final int ROUNDS = 9;

  private static final String EVENTS =
      """
      {"type":"AUTH","source":"core-api","traceId":"4bf92f3577b34da6a3ce929d0e0e4736",\
      "labels":{"region":"eu-west"},"userId":"u-1042","email":"jane.doe@example.com",\
      "ipAddress":"192.0.2.7","result":"FAIL"}
      """
          .repeat(BATCH);

  @TempDir Path folder;

  @Test
  void measure() throws Exception {
    try (TestNode node = TestNode.start("spool-benchmark");
        ServiceProcess with = start(node, "--logs.spool.directory=" + folder.resolve("spool"));
        ServiceProcess without = start(node, "--logs.spool.enabled=false")) {
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        load(with, 200);
        load(without, 200);
      }
      List<Stored> ofWith = new ArrayList<>();
      List<Stored> ofWithout = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        ofWith.add(stored(with));
        ofWithout.add(stored(without));
      }
      print("stored with a spool: " + median(ofWith) + ", without one: " + median(ofWithout));
      node.kill();
      load(with, 202);
      print("spooled: %.0f events/s".formatted(load(with, 202)));
      double waiting = metric(with, "logs_spool_waiting");
      double bytes = metric(with, "logs_spool_bytes");
      print("on disk: %.0f bytes per event of %.0f".formatted(bytes / waiting, waiting));
      node.restart();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> metric(with, "logs_spool_drained_total") > 0);
      double before = metric(with, "logs_spool_waiting");
      long start = System.nanoTime();
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(Duration.ofMinutes(3))
          .until(() -> metric(with, "logs_spool_waiting") == 0);
      double seconds = (System.nanoTime() - start) / 1e9;
      print("drained: %.0f events/s".formatted(before / seconds));
    }
  }

  /** Events in a second, and the microseconds of processor time of the service for each. */
  private record Stored(double events, double micros) {

    @Override
    public String toString() {
      return "%.0f events/s, %.1f µs".formatted(events, micros);
    }
  }

  private static Stored stored(ServiceProcess service) throws Exception {
    Usage usage = new Usage(service.process());
    Duration before = usage.processorTime();
    double events = load(service, 200);
    double used = usage.processorTime().minus(before).toNanos() / 1e3;
    return new Stored(events, used / (events * SLICE.toSeconds()));
  }

  private static Stored median(List<Stored> all) {
    return new Stored(
        all.stream().mapToDouble(Stored::events).sorted().toArray()[ROUNDS / 2],
        all.stream().mapToDouble(Stored::micros).sorted().toArray()[ROUNDS / 2]);
  }

  private ServiceProcess start(TestNode node, String spool) throws Exception {
    return ServiceProcess.start(
        List.of("-XX:TieredStopAtLevel=4", "-Xmx512m"),
        List.of("--spring.elasticsearch.uris=" + node.uri(), spool));
  }

  /** Sends batches for a while; returns the events that were taken in a second. */
  private static double load(ServiceProcess service, int status) throws Exception {
    long start = System.nanoTime();
    long end = start + SLICE.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Callable<Integer>> producers = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        producers.add(() -> produce(service, status, end));
      }
      int events = 0;
      for (Future<Integer> producer : threads.invokeAll(producers)) {
        events += producer.get();
      }
      return events / ((System.nanoTime() - start) / 1e9);
    }
  }

  private static int produce(ServiceProcess service, int status, long end) {
    int events = 0;
    while (System.nanoTime() < end) {
      HttpResponse<String> answer =
          Http.post(service.uri("/api/v1/logs?verbose=false"), "application/x-ndjson", EVENTS);
      assertThat(answer.statusCode()).isIn(status, 429);
      events += answer.statusCode() == status ? BATCH : 0;
    }
    return events;
  }

  private static double metric(ServiceProcess service, String name) {
    String metrics = Http.get(service.uri("/actuator/prometheus")).body();
    Matcher value = Pattern.compile("(?m)^" + name + "(?:\\{.*})? (\\S+)$").matcher(metrics);
    assertThat(value.find()).as(name).isTrue();
    return Double.parseDouble(value.group(1));
  }

  private static void print(String line) {
    System.out.println("SPOOL " + line);
  }
}
