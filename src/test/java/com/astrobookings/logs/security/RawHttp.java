package com.astrobookings.logs.security;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests as bytes, for what no HTTP client would send. */
final class RawHttp {

  private RawHttp() {}

  /**
   * Sends one request and reads until the service hangs up.
   *
   * @param start the request line
   * @param header header lines, without {@code Connection}; then, if there is a body, an empty line
   *     and the body
   */
  static Answer send(int port, String start, String... header) throws IOException {
    String end = List.of(header).contains("") ? "" : "\r\n\r\n";
    String request = start + "\r\nConnection: close\r\n" + String.join("\r\n", header) + end;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      try (InputStream answer = socket.getInputStream()) {
        return new Answer(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  /** The whole answer as text. */
  record Answer(String text) {
    int status() {
      return text.isEmpty() ? 0 : Integer.parseInt(text.split(" ", 3)[1]);
    }

    String header(String name) {
      return text.lines()
          .takeWhile(line -> !line.isEmpty())
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }
}
