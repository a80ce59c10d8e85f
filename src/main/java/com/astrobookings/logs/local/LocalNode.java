package com.astrobookings.logs.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running local node, which is restarted when its process ends. */
final class LocalNode implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalNode.class);
  private static final Duration ORPHAN_TIMEOUT = Duration.ofSeconds(20);

  private final NodeHome home;
  private final URI address;
  private final NodeWatch watch;

  private LocalNode(NodeHome home, URI address, NodeWatch watch) {
    this.home = home;
    this.address = address;
    this.watch = watch;
  }

  /**
   * Starts a node and blocks until it responds.
   *
   * @throws LocalNodeException if it cannot run
   */
  static LocalNode start(LocalNodeProperties properties, InstantSource clock) {
    NodeDistribution distribution = NodeDistribution.find();
    NodeHome home = NodeHome.open(Path.of(properties.data()));
    try {
      log.info(
          "spring.elasticsearch.uris is not set: starting a local Elasticsearch {} in {}",
          distribution.version(),
          home.folder());
      return start(distribution, home, properties, clock);
    } catch (IOException failure) {
      home.close();
      throw NodeHome.unusable(home.folder(), failure);
    } catch (RuntimeException failure) {
      home.close();
      throw failure;
    }
  }

  private static LocalNode start(
      NodeDistribution distribution,
      NodeHome home,
      LocalNodeProperties properties,
      InstantSource clock)
      throws IOException {
    Orphan.awaitEnd(home.folder(), ORPHAN_TIMEOUT);
    home.configure(Map.of());
    List<String> heap = heap(properties.heap().toMegabytes());
    NodeProcess node = NodeProcess.start(distribution, home, heap, 0);
    URI address = NodeStart.await(node, properties.startTimeout());
    NodeWatch watch =
        new NodeWatch(
            node,
            address,
            port -> restart(distribution, home, heap, port),
            properties.startTimeout(),
            clock);
    watch.begin();
    return new LocalNode(home, address, watch);
  }

  private static List<String> heap(long megabytes) {
    return List.of("-Xms" + megabytes / 2 + "m", "-Xmx" + megabytes + "m");
  }

  private static NodeProcess restart(
      NodeDistribution distribution, NodeHome home, List<String> jvm, int port) {
    try {
      return NodeProcess.start(distribution, home, jvm, port);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns the HTTP address of the node; it is the same after a restart. */
  URI address() {
    return address;
  }

  @Override
  public void close() {
    log.info("Stopping the local Elasticsearch; this takes some seconds the first time");
    watch.close();
    home.close();
  }
}
