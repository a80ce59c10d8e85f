package com.astrobookings.logs.paging;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An instance of the service in a process, and with a heap, of its own. */
final class ServiceProcess implements AutoCloseable {

  private static final Pattern STARTED = Pattern.compile("Netty started on port (\\d+)");

  private final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<URI> address = new CompletableFuture<>();
  private final Process process;

  private ServiceProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::listen);
  }

  /** Starts it and waits until it listens; it ends as soon as its heap is exhausted. */
  static ServiceProcess start(String heap, List<String> arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                "com.astrobookings.logs.LogsApplication",
                "--server.port=0"));
    command.addAll(arguments);
    ServiceProcess service =
        new ServiceProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    service.address.get(90, TimeUnit.SECONDS);
    return service;
  }

  URI uri(String path) {
    return address.join().resolve(path);
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** What it has printed. */
  List<String> output() {
    return List.copyOf(output);
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        Matcher started = STARTED.matcher(line);
        if (started.find()) {
          address.complete(URI.create("http://127.0.0.1:" + started.group(1)));
        }
      }
      address.completeExceptionally(new IOException(String.join("\n", output)));
    } catch (IOException e) {
      address.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
