package com.astrobookings.logs.chaos;

import com.astrobookings.logs.local.TestNode;
import com.astrobookings.logs.testing.Http;
import com.astrobookings.logs.testing.ServiceProcess;
import com.astrobookings.logs.testing.SmallDisk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;

/**
 * A service with Elasticsearch, which faults end and start again: with its own local node, or with
 * one or three nodes behind links that can be cut.
 */
final class Stage implements AutoCloseable {

  private static final Path FOLDER = Path.of("target", "chaos").toAbsolutePath();
  private static final Path SPOOL = FOLDER.resolve("spool");
  private static final Path DATA = FOLDER.resolve("data");
  private static final String GREEN = "/_cluster/health?wait_for_status=green&timeout=120s";
  private static final String RETRY = "/_cluster/reroute?retry_failed=true";
  private static final int DISK_MEGABYTES = 1_500;

  private final List<TestNode> nodes = new ArrayList<>();
  private final List<NetworkLink> links = new ArrayList<>();
  private final Optional<SteppedClock> clock = SteppedClock.find(FOLDER.resolve("clock"));
  private final Optional<SmallDisk> disk;
  private ServiceProcess service;
  private volatile URI address;

  private Stage(int size) throws Exception {
    FileSystemUtils.deleteRecursively(SPOOL);
    FileSystemUtils.deleteRecursively(DATA);
    disk = size == 1 ? SmallDisk.mount(FOLDER.resolve("disk"), DISK_MEGABYTES) : Optional.empty();
    if (size > 0) {
      nodes.add(size == 1 ? TestNode.start("chaos", onDisk()) : TestNode.startCluster("chaos"));
    }
    for (int i = 1; i < size; i++) {
      nodes.add(nodes.getFirst().join("chaos-" + i));
    }
    for (TestNode node : nodes) {
      links.add(new NetworkLink(node.uri().getPort()));
    }
    startService();
  }

  /** A service with its local node. */
  static Stage local() throws Exception {
    return new Stage(0);
  }

  /** A service and one node, on a small disk of its own where one can be mounted. */
  static Stage single() throws Exception {
    return new Stage(1);
  }

  /** A service and a cluster of three nodes. */
  static Stage cluster() throws Exception {
    return new Stage(3);
  }

  /** Without watermarks, so that the node notices a full disk by a write that fails. */
  private Map<String, String> onDisk() {
    return disk.map(small ->
            Map.of(
                "path.data",
                small.folder().toString(),
                "cluster.routing.allocation.disk.threshold_enabled",
                "false"))
        .orElse(Map.of());
  }

  /** Where the service listens, also while it is dead. */
  URI address() {
    return address;
  }

  /** Where Elasticsearch answers. */
  List<URI> elasticsearch() throws IOException {
    if (!nodes.isEmpty()) {
      return nodes.stream().map(TestNode::uri).toList();
    }
    String port = Files.readAllLines(DATA.resolve("elasticsearch/logs/http.ports")).getFirst();
    return List.of(URI.create("http://" + port));
  }

  List<TestNode> nodes() {
    return List.copyOf(nodes);
  }

  Optional<SmallDisk> disk() {
    return disk;
  }

  Optional<SteppedClock> clock() {
    return clock;
  }

  void startService() throws Exception {
    startService(Map.of());
  }

  /** Starts it with variables of the environment. */
  void startService(Map<String, String> environment) throws Exception {
    String uris =
        links.stream().map(link -> link.uri().toString()).collect(Collectors.joining(","));
    service =
        ServiceProcess.start(
            environment,
            List.of("-Xmx256m"),
            List.of(
                nodes.isEmpty()
                    ? "--logs.local.data=" + DATA
                    : "--spring.elasticsearch.uris=" + uris,
                "--logs.local.start-timeout=5m",
                "--logs.spool.directory=" + SPOOL));
    address = service.uri("/");
  }

  /** Ends the service as {@code kill -9} does. */
  void killService() {
    service.kill();
  }

  /** Ends the first node as {@code kill -9} does. */
  void killNode() throws IOException {
    if (nodes.isEmpty()) {
      ProcessHandle node = localNode();
      node.destroyForcibly();
      node.onExit().join();
    } else {
      nodes.getFirst().kill();
    }
  }

  /** Starts the first node again; a local node is started by its service. */
  void startNode() {
    if (!nodes.isEmpty()) {
      nodes.getFirst().restart();
    }
  }

  void cutLinks() {
    links.forEach(NetworkLink::cut);
  }

  void healLinks() {
    links.forEach(NetworkLink::heal);
  }

  /** Sends a signal to the first node. */
  void signalNode(String signal) throws Exception {
    ProcessHandle node = nodes.isEmpty() ? localNode() : nodes.getFirst().process();
    new ProcessBuilder("kill", "-" + signal, Long.toString(node.pid()))
        .inheritIO()
        .start()
        .waitFor();
  }

  private static ProcessHandle localNode() throws IOException {
    String pid = Files.readString(DATA.resolve("elasticsearch/node.pid")).split(" ", 2)[0];
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** Waits until each shard has its copies again. */
  void awaitGreen() {
    Http.get(nodes.getFirst().uri().resolve(GREEN));
  }

  /** Does what an operator does after the disk was full. */
  void retryFailedShards() {
    Http.post(nodes.getFirst().uri().resolve(RETRY), "application/json", "");
  }

  /** What the service printed last, for the evidence of a failure. */
  List<String> output() {
    List<String> output = service.output();
    return output.subList(Math.max(0, output.size() - 200), output.size());
  }

  @Override
  public void close() throws IOException {
    service.kill();
    if (nodes.isEmpty()) {
      killNode();
    }
    for (NetworkLink link : links) {
      link.close();
    }
    nodes.reversed().forEach(TestNode::close);
    if (disk.isPresent()) {
      disk.get().close();
    }
  }

  /** Lets a fault last. */
  static void last(Duration time) throws InterruptedException {
    new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
