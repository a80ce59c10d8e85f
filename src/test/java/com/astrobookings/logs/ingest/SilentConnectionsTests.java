package com.astrobookings.logs.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.web.body.MemoryBudget;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** What producers notice of connections on which a body is announced and does not come. */
@IngestServer
@TestPropertySource(properties = {"logs.limits.body=256KB", "logs.limits.memory=1MB"})
class SilentConnectionsTests {

  private static final String EVENT =
      """
      {"type":"ERROR","errorCode":"E","errorMessage":"m"}
      """;
  private static final String BATCH = EVENT.repeat(2_000);

  @LocalServerPort private int port;
  @Autowired private InMemoryEventStore store;
  @Autowired private MemoryBudget budget;
  private final List<Socket> sockets = new ArrayList<>();
  private Producing http;

  @BeforeEach
  void connect() {
    http = new Producing(port);
  }

  @AfterEach
  void end() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    await().until(() -> budget.taken() == 0);
    store.clear();
  }

  @Test
  void connectionsThatSendNothingCostNothing() throws IOException {
    announce(300, 0);

    for (int i = 0; i < 20; i++) {
      assertThat(http.json(EVENT).statusCode()).isEqualTo(201);
      assertThat(http.lines(BATCH).statusCode()).isEqualTo(200);
    }
    assertThat(budget.taken()).isZero();
  }

  @Test
  void singleEventsAreStoredWhileUnfinishedBodiesFillTheMemory() throws IOException {
    announce(100, 20_000);
    await().until(() -> budget.taken() > 800_000);

    for (int i = 0; i < 20; i++) {
      assertThat(http.json(EVENT).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void unfinishedBodiesGiveWayToABatch() throws IOException {
    announce(100, 20_000);
    await().until(() -> budget.taken() > 800_000);

    await().untilAsserted(() -> assertThat(http.lines(BATCH).statusCode()).isEqualTo(200));
    await().until(() -> responses().contains("HTTP/1.1 408"));
  }

  /** Returns how the responses begin that have come on the connections. */
  private String responses() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Socket socket : sockets) {
      InputStream in = socket.getInputStream();
      if (in.available() > 0) {
        all.append(new String(in.readNBytes(in.available()), US_ASCII));
      }
    }
    return all.toString();
  }

  /** Opens connections on which the head of a request comes and {@code bytes} of its body. */
  private void announce(int count, int bytes) throws IOException {
    String head =
        """
        POST /api/v1/logs HTTP/1.1
        Host: localhost
        Content-Type: application/x-ndjson
        Content-Length: 250000

        """
            .replace("\n", "\r\n");
    byte[] request = (head + " ".repeat(bytes)).getBytes(US_ASCII);
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket("localhost", port);
      sockets.add(socket);
      socket.getOutputStream().write(request);
    }
  }
}
