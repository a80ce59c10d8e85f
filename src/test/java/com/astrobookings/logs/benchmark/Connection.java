package com.astrobookings.logs.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One persistent HTTP/1.1 connection that sends prepared bytes and reads answers. It shares the
 * processors with what is measured, hence no client library: an exchange costs one write, one or
 * two reads and no allocation but the head of the answer.
 */
final class Connection implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[65_536];
  private int position;
  private int limit;

  Connection(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(60_000);
    in = socket.getInputStream();
  }

  /** Sends the request and reads the body of its answer; returns the status. */
  int exchange(Bytes request, Bytes body) throws IOException {
    socket.getOutputStream().write(request.array(), 0, request.length());
    body.clear();
    int status = Integer.parseInt(line().substring(9, 12));
    long length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.startsWith("content-length:")) {
        length = Long.parseLong(header.substring(15).trim());
      } else if (header.startsWith("transfer-encoding:")) {
        length = -1;
      }
    }
    if (length >= 0) {
      read(body, length);
      return status;
    }
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      read(body, size);
      line();
    }
    line();
    return status;
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private void read(Bytes body, long count) throws IOException {
    long rest = count;
    while (rest > 0) {
      fillIfEmpty();
      int part = (int) Math.min(rest, limit - position);
      body.add(buffer, position, part);
      position += part;
      rest -= part;
    }
  }

  /** The next line without its end, in lower case. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      fillIfEmpty();
      int start = position;
      while (position < limit && buffer[position] != '\n') {
        position++;
      }
      line.append(new String(buffer, start, position - start, StandardCharsets.ISO_8859_1));
      if (position < limit) {
        position++;
        return line.toString().strip().toLowerCase(Locale.ROOT);
      }
    }
  }

  private void fillIfEmpty() throws IOException {
    if (position == limit) {
      position = 0;
      limit = in.read(buffer);
      if (limit < 0) {
        throw new EOFException("The server closed the connection within an answer");
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
