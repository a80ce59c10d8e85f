package com.astrobookings.logs.testing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A response whose body is read from its connection byte by byte, as slowly as the test likes.
 * Knows chunks and trailers, which most clients hide. A body that is cut off is an {@link
 * EOFException}.
 */
public final class ChunkedResponse extends InputStream {

  private static final int SMALL_BUFFER = 16 * 1024;
  private static final int TIMEOUT_MILLIS = 120_000;

  private final Socket socket;
  private final InputStream in;
  private final int status;
  private final Map<String, String> headers;
  private Map<String, String> trailers = Map.of();
  private int left;
  private boolean ended;

  private ChunkedResponse(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), SMALL_BUFFER);
    this.status = Integer.parseInt(line().split(" ", -1)[1]);
    this.headers = fields();
  }

  /** Sends a GET, with headers as lines that end with CR LF. */
  public static ChunkedResponse get(URI uri, String headers) throws IOException {
    return send("GET", uri, "HTTP/1.1", headers);
  }

  /** Sends a request without a body. */
  public static ChunkedResponse send(String method, URI uri, String version, String headers)
      throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(SMALL_BUFFER);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    String target =
        uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    String request =
        "%s %s %s\r\nHost: %s:%d\r\n%s\r\n"
            .formatted(method, target, version, uri.getHost(), uri.getPort(), headers);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return new ChunkedResponse(socket);
  }

  public int status() {
    return status;
  }

  /** The headers, by their names in any case. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The trailers, after the body was read. */
  public Map<String, String> trailers() {
    return trailers;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = in.read(bytes, offset, Math.min(length, left));
    if (count < 0) {
      throw new EOFException("The body was cut off");
    }
    left -= count;
    if (left == 0) {
      line();
    }
    return count;
  }

  private void nextChunk() throws IOException {
    left = Integer.parseInt(line(), 16);
    if (left == 0) {
      trailers = fields();
      ended = true;
    }
  }

  private Map<String, String> fields() throws IOException {
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] parts = line.split(": *", 2);
      fields.put(parts[0], parts[1]);
    }
    return fields;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("The response was cut off");
      }
      line.append((char) b);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
