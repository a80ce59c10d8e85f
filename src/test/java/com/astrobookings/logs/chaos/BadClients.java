package com.astrobookings.logs.chaos;

import com.astrobookings.logs.testing.Http;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Clients beside producers: silent connections, bodies that arrive a byte at a time, readers that
 * never read, and the heaviest searches. Each begins again when the service ends its connection.
 */
final class BadClients implements AutoCloseable {

  private static final int SILENT_CONNECTIONS = 1_000;
  private static final int SLOW_BODIES = 100;
  private static final int UNREAD_ANSWERS = 20;
  private static final int CONCURRENT_SEARCHES = 32;
  private static final Duration RETRY_DELAY = Duration.ofMillis(500);
  private static final Duration UNREAD_TIMEOUT = Duration.ofSeconds(20);
  private static final Set<Integer> EXPECTED_STATUSES = Set.of(200, 429, 503, 504);

  private static final String SLOW_REQUEST_HEAD =
      """
      POST /api/v1/logs HTTP/1.1\r
      Host: localhost\r
      Content-Type: application/json\r
      Content-Length: 100000\r
      \r
      """;
  private static final String UNREAD_REQUEST =
      """
      GET /api/v1/logs?limit=1000&order=desc HTTP/1.1\r
      Host: localhost\r
      \r
      """;

  /** Prefixes of words in all text, which no index answers at once. */
  private static final String SEARCH =
      "/api/v1/logs?total=exact&limit=1000&q="
          + IntStream.rangeClosed('a', 'z')
              .mapToObj(letter -> "%c*".formatted(letter))
              .collect(Collectors.joining("%20or%20"));

  private final Supplier<URI> service;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();

  /** Starts them all. */
  BadClients(Supplier<URI> service) {
    this.service = service;
    start(SILENT_CONNECTIONS, () -> connect(out -> {}, Duration.ofMinutes(1)));
    start(SLOW_BODIES, () -> connect(this::sendSlowly, Duration.ZERO));
    start(
        UNREAD_ANSWERS,
        () -> connect(out -> out.write(bytes(UNREAD_REQUEST.repeat(5))), UNREAD_TIMEOUT));
    start(CONCURRENT_SEARCHES, this::search);
  }

  /** Answers that nobody should get. */
  Queue<String> problems() {
    return problems;
  }

  private void start(int count, Client client) {
    for (int i = 0; i < count; i++) {
      Thread.startVirtualThread(() -> {
        while (stopped.getCount() > 0) {
          try {
            client.run();
          } catch (IOException | UncheckedIOException ended) {
            // Begins again.
          }
          pause(RETRY_DELAY);
        }
      });
    }
  }

  private interface Client {
    void run() throws IOException;
  }

  private interface Sender {
    void send(OutputStream out) throws IOException;
  }

  /** Opens a connection, sends, and then does nothing for so long. */
  private void connect(Sender sender, Duration silence) throws IOException {
    try (Socket socket = new Socket(service.get().getHost(), service.get().getPort())) {
      open.add(socket);
      sender.send(socket.getOutputStream());
      pause(silence);
      open.remove(socket);
    }
  }

  private void sendSlowly(OutputStream out) throws IOException {
    out.write(bytes(SLOW_REQUEST_HEAD));
    while (stopped.getCount() > 0) {
      out.write(' ');
      pause(RETRY_DELAY);
    }
  }

  private void search() {
    HttpResponse<String> answer = Http.get(service.get().resolve(SEARCH));
    if (!EXPECTED_STATUSES.contains(answer.statusCode())) {
      problems.add("a search was answered %d %s".formatted(answer.statusCode(), answer.body()));
    }
  }

  private void pause(Duration time) {
    try {
      stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    stopped.countDown();
    for (Closeable socket : open) {
      socket.close();
    }
  }
}
