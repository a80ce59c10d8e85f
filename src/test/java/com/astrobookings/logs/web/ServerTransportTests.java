package com.astrobookings.logs.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Speaks HTTP by hand, because no client library sends these requests. */
@WebServer
class ServerTransportTests {

  @LocalServerPort private int port;

  @ParameterizedTest
  @ValueSource(
      strings = {"/text?q=100%", "/text?q=%zz", "/text?q=\"x\"", "/text?q=a|b", "/te^xt", "/{x}"})
  void explainsATargetThatIsNotAUri(String target) throws IOException {
    String answer = exchange("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 400 ")
        .containsIgnoringCase("content-type: application/problem+json")
        .containsIgnoringCase("x-trace-id: ")
        .contains("urn:astrobookings:logs:problem:bad-request")
        .contains("Percent-encode");
  }

  @Test
  void answersBeforeTheBodyHasEndedAndTakesTheRest() throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      byte[] piece = new byte[64 * 1024];
      socket
          .getOutputStream()
          .write(
              "POST /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                  .formatted(500L * piece.length)
                  .getBytes(US_ASCII));
      for (int i = 0; i < 500; i++) {
        socket.getOutputStream().write(piece);
      }

      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 404 ");
    }
  }

  private String exchange(String request) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
