package com.astrobookings.logs.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** One life of a node, from its start to its end. */
final class NodeProcess {
  private static final int RECOVERY_SECONDS = 15;

  private final Process process;
  private final NodeLog log;
  private final CompletableFuture<URI> bound = new CompletableFuture<>();
  private final CompletableFuture<URI> ready;

  private NodeProcess(Process process, NodeLog log) {
    this.process = process;
    this.log = log;
    this.ready = bound.thenCompose(NodeProcess::recovered);
  }

  /**
   * Starts the node; its address follows with {@link #ready()}.
   *
   * @param port 0 for any free one
   */
  static NodeProcess start(
      NodeDistribution distribution, NodeHome home, long heapMegabytes, int port) {
    try {
      NodeProcess node =
          new NodeProcess(
              new ProcessBuilder(NodeLauncher.command(distribution, home, heapMegabytes, port))
                  .directory(home.folder().toFile())
                  .redirectErrorStream(true)
                  .start(),
              new NodeLog(home.logs().resolve("node.log")));
      Orphan.remember(home.folder(), node.handle());
      Thread.ofPlatform().daemon().name("local-node-log").start(node::follow);
      return node;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Completes when the node answers and has recovered its indices, or after some seconds if they
   * take longer; fails when the process ends first.
   */
  CompletableFuture<URI> ready() {
    return ready.copy();
  }

  /** Completes when the process has ended, however that came. */
  CompletableFuture<Void> ended() {
    return process.onExit().thenAccept(gone -> {});
  }

  /** Asks the node to close, as the end of the service would. */
  void stop() {
    try {
      process.getOutputStream().close();
    } catch (IOException gone) {
      // It is on its way already.
    }
  }

  void kill() {
    process.destroyForcibly();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  Path logFile() {
    return log.file();
  }

  /** The end of the node's log, as lines of their own. */
  String lastWords() {
    return log.lastLines().stream().map(line -> "\n    " + line).collect(Collectors.joining());
  }

  private void follow() {
    try (log;
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(this::read);
    } catch (IOException | UncheckedIOException ended) {
      // The process is gone, and its output with it.
    }
    bound.completeExceptionally(new IllegalStateException("The node has ended."));
  }

  private void read(String line) {
    if (line.startsWith(NodeMain.READY)) {
      bound.complete(URI.create("http://" + line.substring(NodeMain.READY.length()).strip()));
    } else {
      log.append(line);
    }
  }

  private static CompletableFuture<URI> recovered(URI address) {
    HttpRequest health =
        HttpRequest.newBuilder(
                address.resolve(
                    "/_cluster/health?wait_for_status=yellow&timeout=" + RECOVERY_SECONDS + "s"))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    return client
        .sendAsync(health, BodyHandlers.discarding())
        .whenComplete((answer, failure) -> client.shutdown())
        .thenApply(answer -> address);
  }
}
