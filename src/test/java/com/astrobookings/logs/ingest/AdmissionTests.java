package com.astrobookings.logs.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.store.InMemoryEventStore;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** What producers notice of the limit on admitted writes. */
@IngestServer
class AdmissionTests {

  private static final String EVENT =
      """
      {"type":"ERROR","errorCode":"E","errorMessage":"m"}
      """;

  @LocalServerPort private int port;
  @Autowired private InMemoryEventStore store;
  @Autowired private AdmissionControl admission;
  private Producing http;
  private Disposable others;

  @BeforeEach
  void reachTheLimit() {
    http = new Producing(port);
    others = admission.admit((int) admission.limit() + 1, true, Mono.never()).subscribe();
  }

  @AfterEach
  void clear() {
    others.dispose();
    store.clear();
  }

  @Test
  void aWriteIsRefusedAndToldWhenToComeBack() {
    HttpResponse<String> refused = http.json(EVENT);

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    assertThat(refused.body())
        .contains(
            "urn:astrobookings:logs:problem:overloaded", "Nothing of this request was stored");
    assertThat(store.events()).isEmpty();
  }

  @Test
  void aWriteIsRefusedBeforeItsBodyComes() throws IOException {
    String head =
        """
        POST /api/v1/logs HTTP/1.1
        Host: localhost
        Content-Type: application/x-ndjson
        Content-Length: 300000

        """
            .replace("\n", "\r\n");
    try (Socket socket = new Socket("localhost", port)) {
      socket.getOutputStream().write(head.getBytes(US_ASCII));

      assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
          .isEqualTo("HTTP/1.1 429");
    }
  }

  @Test
  void aRefusedProducerKeepsItsConnection() throws IOException {
    String request =
        """
        POST /api/v1/logs HTTP/1.1
        Host: localhost
        Content-Type: application/json
        Content-Length: %d

        """
                .formatted(EVENT.length())
                .replace("\n", "\r\n")
            + EVENT;
    try (Socket socket = new Socket("localhost", port)) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      assertThat(response(socket)).startsWith("HTTP/1.1 429");

      others.dispose();
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      assertThat(response(socket)).startsWith("HTTP/1.1 201");
    }
  }

  /** Reads one response; both kinds end with a brace that closes the first one. */
  private static String response(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    int depth = 0;
    do {
      char next = (char) socket.getInputStream().read();
      depth += next == '{' ? 1 : next == '}' ? -1 : 0;
      text.append(next);
    } while (depth > 0 || text.indexOf("{") < 0);
    return text.toString();
  }
}
