package com.astrobookings.logs.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * A real node in {@code target/test-elasticsearch/<name>} that a test may kill and start again. It
 * is not watched: what is dead stays dead until {@link #restart()}. Not safe for several threads.
 */
public final class TestNode implements AutoCloseable {
  private static final Path FOLDER = Path.of("target", "test-elasticsearch").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  // The quick compiler: a node of a test lives too short for the thorough one to pay.
  private static final List<String> JVM = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");

  private final NodeDistribution distribution = NodeDistribution.find();
  private final Map<String, String> settings;
  private final NodeHome home;
  private NodeProcess process;
  private URI uri;

  private TestNode(String name, Map<String, String> settings) throws IOException {
    this.settings = new HashMap<>(settings);
    home = NodeHome.open(FOLDER.resolve(name), FOLDER.resolveSibling("es-cache"));
    Orphan.awaitEnd(home.folder(), PATIENCE);
    FileSystemUtils.deleteRecursively(home.folder().resolve("data"));
    launch(0);
    uri = NodeStart.await(process, PATIENCE);
    this.settings.put("transport.port", transportAddress().replaceFirst(".*:", ""));
  }

  /** Starts an empty node and waits until it answers. */
  public static TestNode start(String name) {
    return start(name, Map.of());
  }

  /** Starts an empty node with settings that come before those of the local node. */
  public static TestNode start(String name, Map<String, String> settings) {
    try {
      return new TestNode(name, settings);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Starts an empty node that others can join. */
  public static TestNode startCluster(String name) {
    return start(
        name,
        Map.of(
            "node.name",
            name,
            "cluster.name",
            "test-cluster",
            "discovery.type",
            "multi-node",
            "cluster.initial_master_nodes",
            name));
  }

  /** Starts one more node in the cluster of this one. */
  public TestNode join(String name) {
    return start(
        name,
        Map.of(
            "node.name",
            name,
            "cluster.name",
            "test-cluster",
            "discovery.type",
            "multi-node",
            "discovery.seed_hosts",
            transportAddress()));
  }

  /** The same after each restart. */
  public URI uri() {
    return uri;
  }

  public ProcessHandle process() {
    return process.handle();
  }

  /** The same as {@code kill -9}; returns when the process is gone. */
  public void kill() {
    process.kill();
    process.ended().join();
  }

  /** Closes the node in good order; returns when the process is gone. */
  public void stop() {
    process.stop();
    process.ended().join();
  }

  /** Starts the dead node on its data and its ports, and waits until it answers. */
  public void restart() {
    try {
      launch(uri.getPort());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    uri = NodeStart.await(process, PATIENCE);
  }

  @Override
  public void close() {
    stop();
    home.close();
  }

  String version() {
    return distribution.version();
  }

  private void launch(int port) throws IOException {
    home.configure(settings);
    process = NodeProcess.start(distribution, home, JVM, port);
  }

  private String transportAddress() {
    try {
      return Files.readAllLines(home.logs().resolve("transport.ports")).getFirst();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
