package com.astrobookings.logs.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Live tails: what many cost of which no event comes, and how long after its 201 an event is on
 * each of some tails while events are stored at a steady rate.
 */
final class TailWork {

  static final List<String> HEAD =
      List.of(
          "| tails | events/s | 201 to tail, p50 / p99 / longest ms | service, of a core |"
              + " node, of a core |",
          "|---|---|---|---|---|");

  private static final int IDLE_TAILS = 200;
  private static final int TAILS = 50;
  private static final int BATCH = 250;
  private static final int BATCHES_PER_SECOND = 20;
  private static final int SECONDS = 30;
  private static final int WARM_UP_SECONDS = 15;

  /** The first batch that counts. */
  private static final int FIRST = WARM_UP_SECONDS * BATCHES_PER_SECOND;

  private static final String MARK = "\"id\":\"mark-";

  private final Server service;
  private final Usage node;
  private final Map<Integer, Long> answered = new ConcurrentHashMap<>();
  private final List<Long> delays = Collections.synchronizedList(new ArrayList<>());

  private TailWork(Server service, Usage node) {
    this.service = service;
    this.node = node;
  }

  /** The lines of the report. */
  static List<String> run(Server service, Usage node) throws Exception {
    return List.of(new TailWork(service, node).idle(), new TailWork(service, node).busy());
  }

  private String idle() throws Exception {
    List<Socket> sockets = open(IDLE_TAILS);
    Thread.sleep(Duration.ofSeconds(WARM_UP_SECONDS));
    Used used = Used.since(service.usage(), node);
    Thread.sleep(Duration.ofSeconds(SECONDS));
    String line = "| %d | 0 | – | %s |".formatted(IDLE_TAILS, used);
    close(sockets);
    return line;
  }

  private String busy() throws Exception {
    List<Socket> sockets = open(TAILS);
    sockets.forEach(socket -> Thread.ofPlatform().daemon().start(() -> follow(socket)));
    Used used;
    int batches = (WARM_UP_SECONDS + SECONDS) * BATCHES_PER_SECOND;
    try (ScheduledExecutorService clock = Executors.newScheduledThreadPool(8)) {
      for (int i = 0; i < batches; i++) {
        int number = i;
        var _ =
            clock.schedule(
                () -> send(number), i * 1_000L / BATCHES_PER_SECOND, TimeUnit.MILLISECONDS);
      }
      Thread.sleep(Duration.ofSeconds(WARM_UP_SECONDS));
      used = Used.since(service.usage(), node);
      Thread.sleep(Duration.ofSeconds(SECONDS));
    }
    String costs = used.toString();
    Thread.sleep(Duration.ofSeconds(5));
    close(sockets);
    return line(costs, (batches - FIRST) * TAILS);
  }

  private String line(String costs, int expected) {
    List<Long> sorted = delays.stream().sorted().toList();
    int last = sorted.size() - 1;
    return String.format(
        Locale.ROOT,
        "| %d | %,d | %,d / %,d / %,d (%d of %d seen) | %s |",
        TAILS,
        BATCH * BATCHES_PER_SECOND,
        sorted.get(last / 2),
        sorted.get(last * 99 / 100),
        sorted.get(last),
        sorted.size(),
        expected,
        costs);
  }

  private void send(int number) {
    StringBuilder body = new StringBuilder("[");
    for (int i = 0; i < BATCH; i++) {
      body.append(i == 0 ? "" : ",").append(event(number, i));
    }
    try {
      Http.post(
          service.uri().resolve("/api/v1/logs?verbose=false"),
          "application/json",
          body.append("]").toString());
      answered.put(number, System.nanoTime());
    } catch (IOException | InterruptedException refused) {
      // Then fewer are seen than expected.
    }
  }

  private static String event(int number, int index) {
    String id = index == BATCH - 1 ? "\"id\":\"mark-%06d\",".formatted(number) : "";
    return """
    {%s"type":"AUTH","timestamp":"2024-08-11T09:30:00.%06dZ","source":"core-api",\
    "userId":"u-%d","email":"jane.doe@example.com","ipAddress":"192.0.2.7","result":"FAIL"}\
    """
        .formatted(id, number % 1_000_000, index);
  }

  private void follow(Socket socket) {
    byte[] buffer = new byte[256 * 1024];
    String rest = "";
    try (InputStream in = socket.getInputStream()) {
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        String text = rest + new String(buffer, 0, count, UTF_8);
        int end = 0;
        for (int at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + 1)) {
          int digits = at + MARK.length();
          if (digits + 6 <= text.length()) {
            see(Integer.parseInt(text.substring(digits, digits + 6)));
            end = digits + 6;
          }
        }
        rest = text.substring(Math.max(end, text.length() - 20));
      }
    } catch (IOException closed) {
      // at the end
    }
  }

  private void see(int number) {
    if (number >= FIRST) {
      // An event may be on a tail before its answer is at the client.
      Long then = answered.get(number);
      delays.add(then == null ? 0 : (System.nanoTime() - then) / 1_000_000);
    }
  }

  private List<Socket> open(int count) throws Exception {
    List<Socket> sockets = new ArrayList<>();
    URI uri = service.uri();
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket(uri.getHost(), uri.getPort());
      socket
          .getOutputStream()
          .write("GET /api/v1/logs/tail HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
      sockets.add(socket);
    }
    return sockets;
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** What two processes use from a moment on. */
  private record Used(Usage service, Usage node, Duration one, Duration other, long start) {

    static Used since(Usage service, Usage node) {
      return new Used(
          service, node, service.processorTime(), node.processorTime(), System.nanoTime());
    }

    @Override
    public String toString() {
      double seconds = (System.nanoTime() - start) / 1e9;
      return "%s | %s".formatted(share(service, one, seconds), share(node, other, seconds));
    }

    private static String share(Usage usage, Duration before, double seconds) {
      double used = usage.processorTime().minus(before).toMillis() / 1e3;
      return String.format(Locale.ROOT, "%.1f %%", 100 * used / seconds);
    }
  }
}
