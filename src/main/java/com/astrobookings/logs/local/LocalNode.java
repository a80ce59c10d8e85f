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

/** A running node in a folder that is ours: the sum of the parts of this room. */
final class LocalNode implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LocalNode.class);
  private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(20);

  private final NodeHome home;
  private final URI address;
  private final NodeWatch watch;

  private LocalNode(NodeHome home, URI address, NodeWatch watch) {
    this.home = home;
    this.address = address;
    this.watch = watch;
  }

  /** Blocks until the node answers; {@link LocalNodeException} says why it cannot. */
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
    Orphan.awaitEnd(home.folder(), ORPHAN_PATIENCE);
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

  /** Where the node answers, after each of its restarts as well. */
  URI address() {
    return address;
  }

  @Override
  public void close() {
    log.info("Closing the local Elasticsearch; the first time, that takes some seconds");
    watch.close();
    home.close();
  }
}
