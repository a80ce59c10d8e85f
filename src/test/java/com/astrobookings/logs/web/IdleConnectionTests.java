package com.astrobookings.logs.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Who connects and asks nothing does not keep the connection. */
@WebServer
@TestPropertySource(properties = "server.netty.idle-timeout=500ms")
class IdleConnectionTests {

  @LocalServerPort private int port;

  @Test
  void endWhenNothingIsSent() throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void endWhenTheHeadOfARequestGoesOnForEver() throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(100);
      socket.getOutputStream().write("GET /text HTTP/1.1\r\n".getBytes(US_ASCII));
      assertThat(isClosedWhileItSendsHeaders(socket)).isTrue();
    }
  }

  @Test
  void endWhenNothingFollowsAnAnswer() throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.getOutputStream().write("GET /text HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  /** A header every tenth of a second, for a minute at most. */
  private static boolean isClosedWhileItSendsHeaders(Socket socket) throws IOException {
    for (int i = 0; i < 600; i++) {
      try {
        socket.getOutputStream().write("X: x\r\n".getBytes(US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
        return true;
      } catch (SocketTimeoutException nothingYet) {
        assertThat(socket.isConnected()).isTrue();
      } catch (SocketException reset) {
        return true;
      }
    }
    return false;
  }
}
