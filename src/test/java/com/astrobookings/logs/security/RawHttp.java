package com.astrobookings.logs.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests as bytes, for what no HTTP client would send. */
final class RawHttp {

  private RawHttp() {}

  /**
   * Sends one request and reads its answer: as long as it says it is, else until nothing follows
   * its header.
   *
   * @param start the request line
   * @param header header lines, without {@code Connection}; then, if there is a body, an empty line
   *     and the body
   */
  static Answer send(int port, String start, String... header) throws IOException {
    String end = List.of(header).contains("") ? "" : "\r\n\r\n";
    String request = start + "\r\nConnection: close\r\n" + String.join("\r\n", header) + end;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      try (InputStream answer = socket.getInputStream()) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int n = 0; n >= 0 && !isWhole(read); n = next(socket, answer, buffer, read)) {
          read.write(buffer, 0, n);
        }
        return new Answer(read.toString(StandardCharsets.UTF_8));
      }
    }
  }

  private static int next(
      Socket socket, InputStream answer, byte[] buffer, ByteArrayOutputStream read)
      throws IOException {
    boolean header = read.toString(StandardCharsets.ISO_8859_1).contains("\r\n\r\n");
    socket.setSoTimeout(header ? 500 : 20_000);
    try {
      return answer.read(buffer);
    } catch (SocketTimeoutException nothingFollows) {
      if (header) {
        return -1;
      }
      throw nothingFollows;
    }
  }

  private static boolean isWhole(ByteArrayOutputStream read) {
    String text = read.toString(StandardCharsets.ISO_8859_1);
    int body = text.indexOf("\r\n\r\n") + 4;
    String length = new Answer(text).header("Content-Length");
    return body >= 4 && !length.isEmpty() && text.length() >= body + Integer.parseInt(length);
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
