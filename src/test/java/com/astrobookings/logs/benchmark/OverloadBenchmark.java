package com.astrobookings.logs.benchmark;

import com.astrobookings.logs.testing.Http;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A service with a heap of 256 MB that is offered twice the events that it can store: what it
 * stores, what it answers and how much memory it has. Run by {@code ./mvnw verify -Pbenchmark};
 * {@code -Dbenchmark.overload} is the length in minutes.
 */
@Timeout(value = 4, unit = TimeUnit.HOURS)
class OverloadBenchmark {

  private static final int BATCH_SIZE = 500;
  private static final int USUAL_CONNECTIONS = 4;

  /** So many that those which wait for an answer do not keep the others from sending. */
  private static final int MANY_CONNECTIONS = 256;

  private static final Duration WARM_UP = Duration.ofSeconds(60);
  private static final Duration UNLOADED = Duration.ofSeconds(30);
  private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(10);
  private static final Duration OVERLOAD =
      Duration.ofMinutes(Integer.getInteger("benchmark.overload", 1));

  private static final byte[] BODY =
      """
      {"type":"AUTH","source":"core-api","traceId":"4bf92f3577b34da6a3ce929d0e0e4736",\
      "labels":{"region":"eu-west"},"userId":"u-1042","email":"jane.doe@example.com",\
      "ipAddress":"192.0.2.7","result":"FAIL"}
      """
          .repeat(BATCH_SIZE)
          .getBytes(StandardCharsets.US_ASCII);

  /** How many answers of each status there were, and how long those took that refused. */
  private record Answers(Map<Integer, Integer> statuses, List<Long> refusals, Duration taken) {

    double storedPerSecond() {
      return perSecond(statuses.getOrDefault(200, 0));
    }

    double offeredPerSecond() {
      return perSecond(statuses.values().stream().mapToInt(Integer::intValue).sum());
    }

    private double perSecond(int batches) {
      return batches / (taken.toMillis() / 1e3);
    }

    double millis(double share) {
      return refusals.isEmpty() ? 0 : refusals.get((int) (share * (refusals.size() - 1))) / 1e6;
    }
  }

  @Test
  void measure() throws Exception {
    try (Server service = Server.withNode(List.of("-Xmx256m"))) {
      load(service, USUAL_CONNECTIONS, Duration.ZERO, WARM_UP);
      double usual = load(service, USUAL_CONNECTIONS, Duration.ZERO, UNLOADED).storedPerSecond();
      Duration between = Duration.ofNanos((long) (MANY_CONNECTIONS / (2 * usual) * 1e9));
      Samples samples = new Samples(service);
      Thread sampler = Thread.startVirtualThread(samples);
      Answers answers = load(service, MANY_CONNECTIONS, between, OVERLOAD);
      sampler.interrupt();
      sampler.join();
      print("unloaded: %.0f events/s stored".formatted(usual * BATCH_SIZE));
      print(
          "offered for %d min: %.0f events/s, %.2f times as many"
              .formatted(
                  OVERLOAD.toMinutes(),
                  answers.offeredPerSecond() * BATCH_SIZE,
                  answers.offeredPerSecond() / usual));
      print(
          "stored: %.0f events/s, ratio %.2f"
              .formatted(
                  answers.storedPerSecond() * BATCH_SIZE, answers.storedPerSecond() / usual));
      print("answers by status, -1 for a lost connection: " + answers.statuses());
      print(
          "refused within %.0f ms (half), %.0f ms (95 %%), %.0f ms (all)"
              .formatted(answers.millis(0.5), answers.millis(0.95), answers.millis(1)));
      print(
          "readiness failed in %d of %d probes".formatted(samples.unready, samples.memory.size()));
      print("resident memory in MiB every 10 s: " + samples.memory);
    }
  }

  /**
   * Sends batches on some connections.
   *
   * @param between the time from one request of a connection to the next; zero to send the next one
   *     as soon as one is answered
   */
  private static Answers load(Server service, int connections, Duration between, Duration time)
      throws Exception {
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Callable<Answers>> producers = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        long first = start + between.toNanos() * i / connections;
        producers.add(() -> produce(service, first, between, start + time.toNanos()));
      }
      Map<Integer, Integer> statuses = new TreeMap<>();
      List<Long> refusals = new ArrayList<>();
      for (Future<Answers> producer : threads.invokeAll(producers)) {
        producer.get().statuses.forEach((code, count) -> statuses.merge(code, count, Integer::sum));
        refusals.addAll(producer.get().refusals);
      }
      refusals.sort(null);
      return new Answers(statuses, refusals, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private static Answers produce(Server service, long first, Duration between, long end)
      throws Exception {
    Bytes request = request();
    Bytes body = new Bytes();
    Map<Integer, Integer> statuses = new TreeMap<>();
    List<Long> refusals = new ArrayList<>();
    Connection connection = new Connection(service.uri());
    long next = first;
    while (System.nanoTime() < end) {
      if (between.isPositive()) {
        next = Math.max(next + between.toNanos(), System.nanoTime() - between.toNanos());
        Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
      }
      long sent = System.nanoTime();
      int status;
      try {
        status = connection.exchange(request, body);
      } catch (IOException lost) {
        status = -1;
        connection.close();
        connection = new Connection(service.uri());
      }
      statuses.merge(status, 1, Integer::sum);
      if (status != 200) {
        refusals.add(System.nanoTime() - sent);
      }
    }
    connection.close();
    return new Answers(statuses, refusals, Duration.ZERO);
  }

  private static Bytes request() {
    return new Bytes()
        .add("POST /api/v1/logs?verbose=false HTTP/1.1\r\nHost: localhost\r\n")
        .add("Content-Type: application/x-ndjson\r\nContent-Length: " + BODY.length + "\r\n\r\n")
        .add(BODY);
  }

  private static void print(String line) {
    System.out.println("OVERLOAD " + line);
  }

  /** Looks at memory and readiness now and then, until it is interrupted. */
  private static final class Samples implements Runnable {

    private final Server service;
    private final List<Long> memory = new ArrayList<>();
    private int unready;

    Samples(Server service) {
      this.service = service;
    }

    @Override
    public void run() {
      Path status = Path.of("/proc", Long.toString(service.process().pid()), "status");
      try {
        while (true) {
          Thread.sleep(SAMPLE_INTERVAL);
          try (Stream<String> lines = Files.lines(status)) {
            memory.add(
                lines
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
                    .findFirst()
                    .orElseThrow());
          }
          var ready = Http.get(service.uri().resolve("/actuator/health/readiness"));
          unready += ready.statusCode() == 200 ? 0 : 1;
        }
      } catch (InterruptedException | IllegalStateException ended) {
        // The overload is over.
      } catch (IOException notLinux) {
        unready = -1;
      }
    }
  }
}
