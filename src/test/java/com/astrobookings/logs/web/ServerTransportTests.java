package com.astrobookings.logs.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource({
    "70000, 0, 414, target-too-long",
    "5000000, 0, 414, target-too-long",
    "10, 9000, 431, headers-too-large",
    "10, 5000000, 431, headers-too-large",
  })
  void explainsWhatIsTooLong(int target, int header, int status, String problem)
      throws IOException {
    String answer =
        last(
            "GET /%s HTTP/1.1\r\nHost: x\r\nX-Large: %s\r\n\r\n"
                .formatted("x".repeat(target), "x".repeat(header)));

    assertThat(answer)
        .matches("(?s)HTTP/1\\.. " + status + " .*")
        .containsIgnoringCase("content-type: application/problem+json")
        .containsIgnoringCase("x-trace-id: ")
        .containsIgnoringCase("connection: close")
        .contains("urn:astrobookings:logs:problem:" + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "GET /text HTTP/1.1\r\nno colon", "GET /text HTTP/x"})
  void explainsWhatIsNotHttp(String head) throws IOException {
    assertThat(last(head + "\r\n\r\n"))
        .matches("(?s)HTTP/1\\.. 400 .*")
        .containsIgnoringCase("x-trace-id: ")
        .contains("urn:astrobookings:logs:problem:bad-request");
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

  /** The answer to what is sent before the client ends its side. */
  private String last(String request) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private String exchange(String request) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
