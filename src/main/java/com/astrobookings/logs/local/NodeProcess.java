package com.astrobookings.logs.local;

import static java.net.http.HttpResponse.BodyHandlers.discarding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node process, from its start to its end. */
final class NodeProcess {
  private static final Logger log = LoggerFactory.getLogger(NodeProcess.class);
  private static final String RECOVERED = "/_cluster/health?wait_for_status=yellow&timeout=15s";

  private final Process process;
  private final NodeLog output;
  private final CompletableFuture<URI> bound = new CompletableFuture<>();
  private final CompletableFuture<URI> ready;

  private NodeProcess(Process process, NodeLog output) {
    this.process = process;
    this.output = output;
    this.ready = bound.thenCompose(NodeProcess::recovered);
  }

  /**
   * Starts the node; its address is known when {@link #ready()} completes.
   *
   * @param jvm options of the virtual machine
   * @param port the HTTP port; 0 for any free one
   */
  static NodeProcess start(NodeDistribution distribution, NodeHome home, List<String> jvm, int port)
      throws IOException {
    Process process =
        new ProcessBuilder(NodeLauncher.command(distribution, home, jvm, port))
            .directory(home.folder().toFile())
            .redirectErrorStream(true)
            .start();
    NodeProcess node = new NodeProcess(process, new NodeLog(home.logs().resolve("node.log")));
    Thread.ofPlatform().daemon().name("local-node-log").start(node::follow);
    try {
      Orphan.record(home.folder(), node.handle());
    } catch (IOException failure) {
      node.kill();
      throw failure;
    }
    return node;
  }

  /**
   * Completes when the node responds and has recovered its indices, or after some seconds if they
   * take longer; fails when the process ends first.
   */
  CompletableFuture<URI> ready() {
    return ready.copy();
  }

  /** Completes when the process has ended. */
  CompletableFuture<Void> ended() {
    return process.onExit().thenAccept(gone -> {});
  }

  /** Asks the node to close, as the end of the service would. */
  void stop() {
    try {
      process.getOutputStream().close();
    } catch (IOException gone) {
      // The process is ending already.
    }
  }

  void kill() {
    process.destroyForcibly();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  Path logFile() {
    return output.file();
  }

  /** Returns the last lines of the log and, after the end of the process, its exit status. */
  String lastOutput() {
    Stream<String> status =
        process.isAlive() ? Stream.empty() : Stream.of("exit status " + process.exitValue());
    return Stream.concat(output.lastLines().stream(), status)
        .map(line -> "\n    " + line)
        .collect(Collectors.joining());
  }

  private void follow() {
    try (output;
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(this::read);
    } catch (IOException | UncheckedIOException ended) {
      // The process has ended.
    }
    bound.completeExceptionally(new IllegalStateException("The node has ended."));
  }

  private void read(String line) {
    if (line.startsWith(NodeMain.READY)) {
      bound.complete(URI.create("http://" + line.substring(NodeMain.READY.length()).strip()));
    } else {
      output.append(line);
    }
  }

  private static CompletableFuture<URI> recovered(URI address) {
    HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    return client
        .sendAsync(HttpRequest.newBuilder(address.resolve(RECOVERED)).build(), discarding())
        .whenComplete((answer, failure) -> client.shutdown())
        .thenApply(answer -> {
          if (answer.statusCode() != 200) {
            log.warn("The local Elasticsearch is still recovering some of its indices");
          }
          return address;
        });
  }
}
