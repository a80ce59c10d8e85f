package com.astrobookings.logs.operations;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service as a process of its own, so that all that it prints, from first to last, is its. */
final class ServiceProcess {

  private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");
  private static final long PATIENCE = 120;

  private final Process process;
  private final List<String> printed = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final Thread reader;

  private ServiceProcess(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /** Starts it and waits until it answers. */
  static ServiceProcess start(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "com.astrobookings.logs.LogsApplication",
                "--server.port=0"));
    command.addAll(List.of(arguments));
    ServiceProcess service =
        new ServiceProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    service.port.get(PATIENCE, TimeUnit.SECONDS);
    return service;
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + port.join() + path);
  }

  /** The lines so far, those of errors among them. */
  List<String> printed() {
    return List.copyOf(printed);
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        printed.add(line);
        Matcher started = PORT.matcher(line);
        if (started.find()) {
          port.complete(Integer.valueOf(started.group(1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      port.completeExceptionally(new IllegalStateException(String.join("\n", printed)));
    }
  }

  /** Ends it in good order and returns when it has printed its last line. */
  void stop() throws Exception {
    // The process itself would also close its output, which is still being read.
    process.toHandle().destroy();
    process.onExit().get(PATIENCE, TimeUnit.SECONDS);
    reader.join();
  }
}
