package com.astrobookings.logs.chaos;

import com.astrobookings.logs.local.TestNode;
import com.astrobookings.logs.testing.Http;
import com.astrobookings.logs.testing.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.util.FileSystemUtils;

/** A service on a node of its own, or on a cluster of three, which faults end and start again. */
final class Stage implements AutoCloseable {

  private static final Path SPOOL = Path.of("target", "chaos", "spool").toAbsolutePath();
  private static final String GREEN = "/_cluster/health?wait_for_status=green&timeout=120s";

  private final List<TestNode> nodes = new ArrayList<>();
  private final List<NetworkLink> links = new ArrayList<>();
  private ServiceProcess service;
  private volatile URI address;

  private Stage(int size) throws Exception {
    FileSystemUtils.deleteRecursively(SPOOL);
    nodes.add(size == 1 ? TestNode.start("chaos") : TestNode.startCluster("chaos"));
    for (int i = 1; i < size; i++) {
      nodes.add(nodes.getFirst().join("chaos-" + i));
    }
    for (TestNode node : nodes) {
      links.add(new NetworkLink(node.uri().getPort()));
    }
    startService();
  }

  static Stage single() throws Exception {
    return new Stage(1);
  }

  static Stage cluster() throws Exception {
    return new Stage(3);
  }

  /** Where the service listens, also while it is dead. */
  URI address() {
    return address;
  }

  TestNode node() {
    return nodes.getFirst();
  }

  List<TestNode> nodes() {
    return List.copyOf(nodes);
  }

  void startService() throws Exception {
    String uris =
        links.stream().map(link -> link.uri().toString()).collect(Collectors.joining(","));
    service =
        ServiceProcess.start(
            List.of("-Xmx256m"),
            List.of("--spring.elasticsearch.uris=" + uris, "--logs.spool.directory=" + SPOOL));
    address = service.uri("/");
  }

  /** Ends the service as {@code kill -9} does. */
  void killService() {
    service.kill();
  }

  void cutLinks() {
    links.forEach(NetworkLink::cut);
  }

  void healLinks() {
    links.forEach(NetworkLink::heal);
  }

  /** Sends a signal to the first node. */
  void signalNode(String signal) throws Exception {
    String pid = Long.toString(node().process().pid());
    new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
  }

  /** Waits until each shard has its copies again. */
  void awaitGreen() {
    Http.get(nodes.getFirst().uri().resolve(GREEN));
  }

  /** What the service printed last, for the evidence of a failure. */
  List<String> output() {
    List<String> output = service.output();
    return output.subList(Math.max(0, output.size() - 200), output.size());
  }

  @Override
  public void close() throws IOException {
    service.kill();
    for (NetworkLink link : links) {
      link.close();
    }
    IntStream.iterate(nodes.size() - 1, i -> i >= 0, i -> i - 1)
        .mapToObj(nodes::get)
        .forEach(TestNode::close);
  }

  /** Lets a fault last. */
  static void last(Duration time) throws InterruptedException {
    new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
