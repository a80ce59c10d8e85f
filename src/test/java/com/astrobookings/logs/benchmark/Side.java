package com.astrobookings.logs.benchmark;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * One way to do a work.
 *
 * @param name who does it, or how
 * @param server where the requests go
 * @param process the process that answers there
 * @param requests writes the request of a number that comes once
 * @param expected what every answer contains
 */
record Side(String name, URI server, Usage process, Requests requests, String expected) {

  private static final byte[] JSON = head("Content-Type: application/json");
  private static final byte[] NDJSON = head("Content-Type: application/x-ndjson");
  private static final byte[] LENGTH = bytes("Content-Length: 00000000\r\n\r\n");
  private static final byte[] END = bytes("\r\n");

  /** Writes requests, or a part of them. */
  @FunctionalInterface
  interface Requests {

    /** Adds the request of that number. */
    void write(Bytes out, long number);
  }

  Side named(String other) {
    return new Side(other, server, process, requests, expected);
  }

  /** The same text for every number. */
  static Requests text(String text) {
    byte[] bytes = bytes(text);
    return (out, number) -> out.add(bytes);
  }

  static Requests get(Requests path) {
    byte[] method = bytes("GET ");
    return (out, number) -> {
      path.write(out.add(method), number);
      out.add(JSON).add(END);
    };
  }

  static Requests post(Requests path, Requests body) {
    return post(path, JSON, body);
  }

  static Requests postLines(String path, Requests body) {
    return post(text(path), NDJSON, body);
  }

  private static Requests post(Requests path, byte[] head, Requests body) {
    byte[] method = bytes("POST ");
    return (out, number) -> {
      path.write(out.add(method), number);
      int start = out.add(head).add(LENGTH).length();
      body.write(out, number);
      out.digits(start - 12, 8, out.length() - start);
    };
  }

  private static byte[] head(String header) {
    return bytes(" HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n" + header + "\r\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
