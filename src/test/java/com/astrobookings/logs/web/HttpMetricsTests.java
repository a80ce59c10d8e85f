package com.astrobookings.logs.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.io.InputStream;
import java.net.Socket;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebServer
class HttpMetricsTests {

  @LocalServerPort private int port;
  @Autowired private MeterRegistry registry;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /text            | GET     | /text     | 200 | SUCCESS      | none",
        "HEAD /text           | HEAD    | /text     | 200 | SUCCESS      | none",
        "GET /problem         | GET     | /problem  | 400 | CLIENT_ERROR | none",
        "GET /defect          | GET     | /defect   | 500 | SERVER_ERROR | none",
        "GET /filtered        | GET     | UNKNOWN   | 500 | SERVER_ERROR | none",
        "GET /nothing/secret  | GET     | NOT_FOUND | 404 | CLIENT_ERROR | none",
        "DELETE /text         | DELETE  | UNKNOWN   | 405 | CLIENT_ERROR | none",
        "PURGE /text          | UNKNOWN | UNKNOWN   | 405 | CLIENT_ERROR | none",
        "GET /broken          | GET     | /broken   | 200 | SUCCESS      | IllegalStateException"
      })
  void timesARequestOnce(
      String request, String method, String uri, int status, String outcome, String exception)
      throws Exception {
    Timer timer = timer(method, uri, Integer.toString(status), outcome, exception);
    long before = timer.count();

    send(request);

    await().untilAsserted(() -> assertThat(timer.count()).as(all()).isEqualTo(before + 1));
  }

  @Test
  void timesARequestWhoseClientLeaves() throws Exception {
    Timer timer = timer("GET", "/never/{id}", "UNKNOWN", "UNKNOWN", "none");

    try (Socket socket = connected("GET /never/7")) {
      assertThat(socket.isConnected()).isTrue();
    }

    await().untilAsserted(() -> assertThat(timer.count()).as(all()).isOne());
  }

  /** Registers the timer with exactly these tags, or finds it. */
  private Timer timer(String method, String uri, String status, String outcome, String exception) {
    return Timer.builder("http.server.requests")
        .tags("method", method, "uri", uri, "status", status)
        .tags("outcome", outcome, "exception", exception)
        .register(registry);
  }

  private String all() {
    return registry.find("http.server.requests").timers().stream()
        .map(timer ->
            timer.getId().getTags().stream().map(Tag::toString).sorted().toList()
                + " "
                + timer.count())
        .collect(Collectors.joining("\n"));
  }

  private void send(String request) throws Exception {
    try (Socket socket = connected(request);
        InputStream answer = socket.getInputStream()) {
      assertThat(answer.readAllBytes()).isNotEmpty();
    }
  }

  private Socket connected(String request) throws Exception {
    Socket socket = new Socket("localhost", port);
    socket
        .getOutputStream()
        .write((request + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(US_ASCII));
    return socket;
  }
}
