package com.astrobookings.logs.security;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests as bytes, for what no HTTP client would send. An answer ends where it says that it ends;
 * a server that is silent for longer than the patience of a test has failed it.
 */
final class RawHttp {

  private static final int PATIENCE = 20_000;

  private RawHttp() {}

  /**
   * Sends one request and reads its answer.
   *
   * @param start the request line
   * @param header header lines, without {@code Connection}; then, if there is a body, an empty line
   *     and the body
   */
  static Answer send(int port, String start, String... header) throws IOException {
    String end = List.of(header).contains("") ? "" : "\r\n\r\n";
    String request = start + "\r\nConnection: close\r\n" + String.join("\r\n", header) + end;
    try (Socket socket = connected(port, request)) {
      return answer(in(socket), start.startsWith("HEAD "));
    }
  }

  /** Sends this text, to the letter, and reads answers until the server closes the connection. */
  static List<Answer> sendAll(int port, String text) throws IOException {
    try (Socket socket = connected(port, text)) {
      InputStream in = in(socket);
      List<Answer> answers = new ArrayList<>();
      for (in.mark(1); in.read() >= 0; in.mark(1)) {
        in.reset();
        answers.add(answer(in, false));
      }
      return answers;
    }
  }

  private static Socket connected(int port, String request) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static InputStream in(Socket socket) throws IOException {
    return new BufferedInputStream(socket.getInputStream());
  }

  private static Answer answer(InputStream in, boolean headerOnly) throws IOException {
    Answer header = new Answer(header(in));
    if (header.status() == 100) {
      return answer(in, headerOnly);
    }
    boolean empty = headerOnly || header.status() == 204 || header.status() == 304;
    byte[] body = empty ? new byte[0] : body(in, header);
    return new Answer(header.text() + new String(body, StandardCharsets.UTF_8));
  }

  private static String header(InputStream in) throws IOException {
    StringBuilder header = new StringBuilder();
    String line;
    do {
      line = line(in);
      header.append(line).append("\r\n");
    } while (!line.isEmpty());
    return header.toString();
  }

  private static byte[] body(InputStream in, Answer header) throws IOException {
    String length = header.header("Content-Length");
    if (header.header("Transfer-Encoding").equalsIgnoreCase("chunked")) {
      return chunks(in);
    }
    return length.isEmpty() ? in.readAllBytes() : exactly(in, Integer.parseInt(length));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = size(line(in)); size > 0; size = size(line(in))) {
      body.write(exactly(in, size));
      line(in);
    }
    header(in);
    return body.toByteArray();
  }

  private static int size(String line) {
    return Integer.parseInt(line.split(";", 2)[0].strip(), 16);
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The body ended after " + bytes.length + " of " + length + " bytes.");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The answer ended after: " + line.toString(StandardCharsets.UTF_8));
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  /** The whole answer as text, its body without chunks. */
  record Answer(String text) {
    int status() {
      return Integer.parseInt(text.split(" ", 3)[1]);
    }

    /** The first of this name; empty if there is none. */
    String header(String name) {
      return text.lines()
          .takeWhile(line -> !line.isEmpty())
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    String body() {
      return text.substring(text.indexOf("\r\n\r\n") + 4);
    }

    /** What follows the prefix that all problem types share; empty if this is no problem. */
    String problem() {
      String prefix = "\"type\":\"urn:astrobookings:logs:problem:";
      int at = body().indexOf(prefix) + prefix.length();
      return header("Content-Type").equals("application/problem+json")
          ? body().substring(at, body().indexOf('"', at))
          : "";
    }
  }
}
