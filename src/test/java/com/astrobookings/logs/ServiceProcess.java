package com.astrobookings.logs;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service in a process of its own, with its local Elasticsearch in another. */
final class ServiceProcess {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");

  private final Path folder;
  private final Process process;
  private final URI address;

  private ServiceProcess(Path folder, Process process, URI address) {
    this.folder = folder;
    this.process = process;
    this.address = address;
  }

  /** Starts it on the data in a folder; returns when it answers. */
  static ServiceProcess start(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path log = Files.createTempFile(folder, "service-", ".log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LogsApplication.class.getName(),
                "--server.port=0",
                "--logs.local.start-timeout=" + PATIENCE,
                "--logs.local.data=" + folder)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    await()
        .alias(log.toString())
        .atMost(PATIENCE)
        .until(
            () -> Files.readString(log).contains("Started LogsApplication") || !process.isAlive());
    Matcher port = PORT.matcher(Files.readString(log));
    if (!port.find()) {
      throw new IOException("It did not start:\n" + Files.readString(log));
    }
    return new ServiceProcess(folder, process, URI.create("http://127.0.0.1:" + port.group(1)));
  }

  URI address() {
    return address;
  }

  /** The same as {@code kill -9} of both processes; returns when they are gone. */
  void kill() throws IOException {
    String node = Files.readString(folder.resolve(Path.of("elasticsearch", "node.pid")));
    ProcessHandle elasticsearch =
        ProcessHandle.of(Long.parseLong(node.split(" ", 2)[0])).orElseThrow();
    process.destroyForcibly();
    elasticsearch.destroyForcibly();
    process.onExit().join();
    elasticsearch.onExit().join();
  }
}
