package com.astrobookings.logs.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.web.body.MemoryBudget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What happens to those who send too much. */
@IngestServer
class LargeBodyTests {

  private static final int MEGABYTE = 1024 * 1024;

  @LocalServerPort private int port;
  @Autowired private InMemoryEventStore store;
  @Autowired private MemoryBudget budget;
  private Producing http;

  @BeforeEach
  void connect() {
    http = new Producing(port);
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(store.events()).isEmpty();
    await().until(() -> budget.taken() == 0);
  }

  @Test
  void aHundredMegabytesAreRefusedAndTheConnectionGoesOn() {
    byte[] body = new byte[100 * MEGABYTE];

    HttpResponse<String> answer = http.post("application/json", "", body, "");

    assertTooLarge(answer);
    assertThat(http.lines("x").statusCode()).isEqualTo(422);
  }

  @Test
  void aHundredMegabytesOfUndeclaredSizeAreRefused() {
    HttpRequest request =
        http.request("")
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(new byte[100 * MEGABYTE])))
            .build();

    assertTooLarge(http.send(request));
  }

  @Test
  void aBombIsRefused() {
    byte[] bomb = Producing.gzip(new byte[200 * MEGABYTE]);
    assertThat(bomb).hasSizeLessThan(MEGABYTE);

    assertTooLarge(http.post("application/json", "gzip", bomb, ""));
  }

  @Test
  void aBodyOfExactlyTheLimitIsRead() {
    byte[] body = new byte[10 * MEGABYTE];
    Arrays.fill(body, (byte) ' ');

    assertThat(http.post("application/json", "", body, "").statusCode()).isEqualTo(400);
    assertThat(http.post("application/json", "gzip", Producing.gzip(body), "").statusCode())
        .isEqualTo(400);
  }

  @Test
  void tenThousandAndOneEventsAreRefused() {
    HttpResponse<String> answer = http.lines("{}\n".repeat(10_001));

    assertTooLarge(answer);
    assertThat(answer.body()).contains("10,000 events");
  }

  @Test
  void aClientThatAsksFirstIsToldBeforeItSends() throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      write(
          socket,
          """
          POST /api/v1/logs HTTP/1.1
          Host: x
          Content-Type: application/json
          Content-Length: 11000000
          Expect: 100-continue

          """);

      assertThat(read(socket.getInputStream())).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void anEndlessLineIsRefusedWhileItIsSentAndThenCutOff() throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      write(
          socket,
          """
          POST /api/v1/logs HTTP/1.1
          Host: x
          Content-Type: application/x-ndjson
          Transfer-Encoding: chunked

          """);
      byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(US_ASCII);
      OutputStream out = socket.getOutputStream();
      for (int i = 0; i < 200; i++) {
        out.write(chunk);
      }

      byte[] start = socket.getInputStream().readNBytes(13);
      assertThat(new String(start, US_ASCII)).isEqualTo("HTTP/1.1 413 ");
      assertThatThrownBy(
              () -> {
                while (true) {
                  out.write(chunk);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aBodyThatBreaksOffLeavesNothing() throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      write(
          socket,
          """
          POST /api/v1/logs HTTP/1.1
          Host: x
          Content-Type: application/x-ndjson
          Content-Length: 1000

          {"type":"ERROR","errorCode":"E","errorMessage":"m"}

          """);
    }

    assertThat(http.lines("x").statusCode()).isEqualTo(422);
  }

  private static void assertTooLarge(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
    assertThat(answer.body()).contains("urn:astrobookings:logs:problem:too-large");
  }

  private static void write(Socket socket, String head) throws IOException {
    socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(US_ASCII));
  }

  private static String read(InputStream in) throws IOException {
    return new String(in.readAllBytes(), US_ASCII);
  }
}
