package com.astrobookings.logs.build;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A stand-in on loopback for the archive of Maven releases, with a Maven that prints. */
final class ReleaseServer implements AutoCloseable {

  static final String VERSION = "3.9.99";
  private static final String NAME = "apache-maven-" + VERSION;

  private final byte[] release = zip();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  ReleaseServer(Answer answer) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestURI().getPath());
          try (exchange) {
            answer.send(exchange, release);
          }
        });
    server.start();
  }

  static void whole(HttpExchange exchange, byte[] release) throws IOException {
    exchange.sendResponseHeaders(200, release.length);
    exchange.getResponseBody().write(release);
  }

  static void truncated(HttpExchange exchange, byte[] release) throws IOException {
    exchange.sendResponseHeaders(200, release.length);
    exchange.getResponseBody().write(release, 0, release.length / 2);
    exchange.getResponseBody().flush();
  }

  static void missing(HttpExchange exchange, byte[] release) throws IOException {
    exchange.sendResponseHeaders(404, -1);
  }

  /** Answers only when that many requests wait for it. */
  static Answer together(int count) {
    var barrier = new CyclicBarrier(count);
    return (exchange, release) -> {
      try {
        barrier.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new IOException(e);
      }
      whole(exchange, release);
    };
  }

  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  String url() {
    return base() + "/dist/" + NAME + "-bin.zip";
  }

  String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(release));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static byte[] zip() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(NAME + "/bin/mvn"));
      var script = "#!/bin/sh\n" + Workstation.mavenThatPrints(VERSION);
      zip.write(script.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** How a request for the release is answered. */
  @FunctionalInterface
  interface Answer {
    void send(HttpExchange exchange, byte[] release) throws IOException;
  }
}
