package com.astrobookings.logs.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A service in a process of its own.
 *
 * @param process the process
 * @param uri where it listens
 * @param startTime from the start of the process until it takes requests
 */
record Server(Process process, URI uri, Duration startTime) implements AutoCloseable {

  private static final Path FOLDER = Path.of("target", "benchmark").toAbsolutePath();
  private static final String JAVA = ProcessHandle.current().info().command().orElseThrow();

  /** The service with a local Elasticsearch that holds nothing. */
  static Server withNode(List<String> jvm) throws IOException {
    FileSystemUtils.deleteRecursively(FOLDER);
    Files.createDirectories(FOLDER);
    // With the usual 512 MB the node's own circuit breaker refuses what the loads ask of it
    // directly.
    return start(jvm, jar(), "--logs.local.data=" + FOLDER, "--logs.local.heap=2GB");
  }

  /** One more instance of the service, on that Elasticsearch. */
  static Server instance(List<String> jvm, List<String> program, URI elasticsearch)
      throws IOException {
    return start(jvm, program, "--spring.elasticsearch.uris=" + elasticsearch);
  }

  /** How the service is started with an ahead-of-time cache, which is trained before. */
  static List<String> trained() throws IOException, InterruptedException {
    Path app = FOLDER.resolve("app");
    run("-Djarmode=tools", "-jar", jar().getLast(), "extract", "--destination=" + app);
    String jar = app.resolve(Path.of(jar().getLast()).getFileName()).toString();
    run("-XX:AOTCacheOutput=" + app.resolve("app.aot"), "-jar", jar, "train");
    return List.of("-XX:AOTCache=" + app.resolve("app.aot"), "-jar", jar);
  }

  private static void run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed:\n" + output);
    }
  }

  /** The services of {@link ComparedServices}. */
  static Server compared(URI elasticsearch, String answer) throws IOException {
    return start(
        List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")),
        List.of(ComparedServices.class.getName()),
        "--spring.config.name=compared",
        "--spring.elasticsearch.uris=" + elasticsearch,
        "--answer=" + answer);
  }

  private static Server start(List<String> jvm, List<String> program, String... arguments)
      throws IOException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.addAll(jvm);
    command.addAll(program);
    command.addAll(List.of(arguments));
    command.add("--server.port=" + port);
    command.add("--logs.spool.directory=" + FOLDER.resolve("spool-" + port));
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    awaitStart(process.inputReader());
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    return new Server(process, URI.create("http://127.0.0.1:" + port), taken);
  }

  Usage usage() {
    return new Usage(process.toHandle());
  }

  /** The process of its local Elasticsearch. */
  Usage node() {
    return new Usage(process.children().findFirst().orElseThrow());
  }

  /** Where its local Elasticsearch listens. */
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

  /** How the service is started from its jar. */
  static List<String> jar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      String jar =
          files
              .map(file -> file.toAbsolutePath().toString())
              .filter(file -> file.matches(".*/astrobookings-logs-[^/]*\\.jar"))
              .findAny()
              .orElseThrow();
      return List.of("-jar", jar);
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
      if (line.matches(".*: Started \\w+ in .*")) {
        Thread.ofVirtual().start(() -> output.lines().forEach(System.out::println));
        return;
      }
    }
    throw new IOException("The service did not start:\n" + String.join("\n", lines));
  }
}
