package com.astrobookings.logs.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The service as its users start it: the jar in a process of its own, with its local Elasticsearch.
 */
final class RunningJar implements AutoCloseable {

  private static final Path FOLDER = Path.of("target", "benchmark").toAbsolutePath();

  private final Process process;
  private final URI service;

  private RunningJar(Process process, URI service) {
    this.process = process;
    this.service = service;
  }

  /** Starts it without any event; returns when it takes events. */
  static RunningJar start() throws IOException {
    FileSystemUtils.deleteRecursively(FOLDER);
    Files.createDirectories(FOLDER);
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-jar", jar().toString(), "--server.port=" + port));
    // With the usual 512 MB the node's own circuit breaker refuses what the loads ask of it
    // directly.
    command.addAll(List.of("--logs.local.data=" + FOLDER, "--logs.local.heap=2GB"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    awaitStart(process.inputReader());
    return new RunningJar(process, URI.create("http://127.0.0.1:" + port));
  }

  URI service() {
    return service;
  }

  /** The node of the service. */
  URI elasticsearch() throws IOException {
    Path ports = FOLDER.resolve(Path.of("elasticsearch", "logs", "http.ports"));
    return URI.create("http://" + Files.readAllLines(ports).getFirst());
  }

  /** Returns when the service and its node are gone. */
  @Override
  public void close() {
    // The process itself would also close its output, which is still being read.
    process.toHandle().destroy();
    process.onExit().join();
  }

  private static Path jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("astrobookings-logs-.*\\.jar"))
          .findAny()
          .orElseThrow()
          .toAbsolutePath();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void awaitStart(BufferedReader output) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      if (line.contains("Started LogsApplication")) {
        Thread.ofVirtual().start(() -> output.lines().forEach(System.out::println));
        return;
      }
    }
    throw new IOException("The service did not start:\n" + String.join("\n", lines));
  }
}
