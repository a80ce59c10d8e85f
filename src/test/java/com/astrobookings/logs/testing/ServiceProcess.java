package com.astrobookings.logs.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The service in a process of its own, which ends as soon as its heap is exhausted, with all that
 * it prints.
 */
public final class ServiceProcess implements AutoCloseable {

  private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");
  private static final long START_TIMEOUT_MINUTES = 5;
  private static final long STOP_TIMEOUT_MINUTES = 2;

  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final CompletableFuture<URI> address = new CompletableFuture<>();
  private final CompletableFuture<Void> endOfOutput;

  private ServiceProcess(Process process) {
    this.process = process;
    this.endOfOutput = CompletableFuture.runAsync(this::read, Thread::startVirtualThread);
  }

  /**
   * Starts it on a free port and waits until it listens.
   *
   * @param vmOptions options of the virtual machine
   * @param arguments properties of the service
   */
  public static ServiceProcess start(List<String> vmOptions, List<String> arguments)
      throws Exception {
    return start(Map.of(), vmOptions, arguments);
  }

  /**
   * Does the same with variables of the environment.
   *
   * @param environment added to that of this process
   */
  public static ServiceProcess start(
      Map<String, String> environment, List<String> vmOptions, List<String> arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED"));
    command.addAll(vmOptions);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "com.astrobookings.logs.LogsApplication",
            "--server.port=0"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    ServiceProcess service = new ServiceProcess(builder.start());
    service.address.get(START_TIMEOUT_MINUTES, TimeUnit.MINUTES);
    return service;
  }

  public URI uri(String path) {
    return address.join().resolve(path);
  }

  public ProcessHandle process() {
    return process.toHandle();
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** The lines that it has printed so far, those of errors among them. */
  public List<String> output() {
    return List.copyOf(output);
  }

  /** Ends it as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Ends it in good order and returns when it has printed its last line. */
  @Override
  public void close() {
    // Process.destroy would also close the output, which is still being read.
    process.toHandle().destroy();
    process.onExit().orTimeout(STOP_TIMEOUT_MINUTES, TimeUnit.MINUTES).join();
    endOfOutput.join();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        Matcher started = PORT.matcher(line);
        if (started.find()) {
          address.complete(URI.create("http://127.0.0.1:" + started.group(1)));
        }
      }
      address.completeExceptionally(new IOException(String.join("\n", output)));
    } catch (IOException e) {
      address.completeExceptionally(e);
    }
  }
}
