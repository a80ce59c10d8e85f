package com.astrobookings.logs.local;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts a node on its port when its process ends, and stops restarting when it ends too often.
 * Runs on one thread of its own.
 */
final class NodeWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodeWatch.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final IntFunction<NodeProcess> launcher;
  private final Duration startTimeout;
  private final int port;
  private final InstantSource clock;
  private final RestartPolicy policy = new RestartPolicy();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("local-node-watch").factory());
  private NodeProcess node;
  private boolean closing;

  /**
   * Creates a watch, which does nothing before {@link #begin()}.
   *
   * @param node the running node
   * @param address of the node
   * @param launcher starts the node again on the given port
   * @param startTimeout after which a node that does not respond is killed
   */
  NodeWatch(
      NodeProcess node,
      URI address,
      IntFunction<NodeProcess> launcher,
      Duration startTimeout,
      InstantSource clock) {
    this.node = node;
    this.port = address.getPort();
    this.launcher = launcher;
    this.startTimeout = startTimeout;
    this.clock = clock;
  }

  void begin() {
    thread.execute(this::awaitEnd);
  }

  /**
   * Stops the node, kills it if it does not stop in time, and blocks until its process has ended.
   */
  @Override
  public void close() {
    CompletableFuture.supplyAsync(this::stop, thread)
        .thenCompose(last ->
            last.ended()
                .completeOnTimeout(null, STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(last::kill)
                .thenCompose(ended -> last.ended()))
        .join();
    thread.shutdown();
  }

  private NodeProcess stop() {
    closing = true;
    node.stop();
    return node;
  }

  private void awaitEnd() {
    var _ = node.ended().thenRunAsync(this::ended, thread);
  }

  private void ended() {
    if (closing) {
      return;
    }
    policy.ended(clock.instant()).ifPresentOrElse(this::restartAfter, this::giveUp);
  }

  private void restartAfter(Duration delay) {
    log.warn(
        "The local Elasticsearch has ended unexpectedly and is restarted in {} ms."
            + " Its last output:{}",
        delay.toMillis(),
        node.lastOutput());
    CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, thread)
        .execute(this::restart);
  }

  private void restart() {
    if (closing) {
      return;
    }
    try {
      node = launcher.apply(port);
    } catch (RuntimeException failure) {
      log.warn("The local Elasticsearch cannot be started", failure);
      ended();
      return;
    }
    awaitEnd();
    awaitAnswer(node);
  }

  private void awaitAnswer(NodeProcess started) {
    var _ =
        started
            .ready()
            .orTimeout(startTimeout.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((address, failure) -> {
              if (failure == null) {
                log.info("The local Elasticsearch responds again at {}", address);
              } else {
                started.kill();
              }
            });
  }

  private void giveUp() {
    log.error(
        "The local Elasticsearch has ended {} times within {} s and is not restarted. Nothing can"
            + " be stored or read until you restart this service. The whole log is in {}."
            + " Its last output:{}",
        RestartPolicy.MAX_ENDS,
        RestartPolicy.WINDOW.toSeconds(),
        node.logFile(),
        node.lastOutput());
  }
}
