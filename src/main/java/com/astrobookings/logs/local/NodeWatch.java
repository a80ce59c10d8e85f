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
 * Starts a running node again when it dies, on the port that it had, and gives up when it dies too
 * often. All this happens on one thread of its own.
 */
final class NodeWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodeWatch.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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
   * Does nothing until {@link #begin()}.
   *
   * @param node is running
   * @param address of the node
   * @param launcher starts the node again on the given port
   * @param startTimeout after which a node that does not answer counts as dead
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
    thread.execute(this::awaitDeath);
  }

  /** Ends the node, by force if it does not close in time. It blocks until the node has ended. */
  @Override
  public void close() {
    CompletableFuture.supplyAsync(this::stop, thread)
        .thenCompose(last ->
            last.ended()
                .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
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

  private void awaitDeath() {
    var _ = node.ended().thenRunAsync(this::died, thread);
  }

  private void died() {
    if (closing) {
      return;
    }
    policy.died(clock.instant()).ifPresentOrElse(this::restartAfter, this::giveUp);
  }

  private void restartAfter(Duration delay) {
    log.warn(
        "The local Elasticsearch has ended unexpectedly and is started again in {} ms."
            + " Its last words:{}",
        delay.toMillis(),
        node.lastWords());
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
      died();
      return;
    }
    awaitDeath();
    awaitAnswer(node);
  }

  private void awaitAnswer(NodeProcess started) {
    var _ =
        started
            .ready()
            .orTimeout(startTimeout.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((address, failure) -> {
              if (failure == null) {
                log.info("The local Elasticsearch answers again at {}", address);
              } else {
                started.kill();
              }
            });
  }

  private void giveUp() {
    log.error(
        "The local Elasticsearch has died {} times within {} s and is not started again. Nothing can"
            + " be stored or read until you restart this service. The whole log is in {}."
            + " Its last words:{}",
        RestartPolicy.DEATHS,
        RestartPolicy.WINDOW.toSeconds(),
        node.logFile(),
        node.lastWords());
  }
}
