package com.astrobookings.logs.local;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a node that starts, with a time-out, and logs the progress. */
final class NodeStart {
  private static final Logger log = LoggerFactory.getLogger(NodeStart.class);
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);

  private NodeStart() {}

  /**
   * Blocks until the node responds, and returns its address.
   *
   * @throws LocalNodeException if it ends before that or does not respond in time; it is killed
   *     then
   */
  static URI await(NodeProcess node, Duration timeout) {
    long start = System.nanoTime();
    CompletableFuture<URI> ready =
        node.ready().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    try {
      while (true) {
        try {
          URI address = ready.get(PROGRESS_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
          log.info("The local Elasticsearch answers at {} after {} s", address, seconds(start));
          return address;
        } catch (TimeoutException notYet) {
          log.info("The local Elasticsearch is still starting ({} s)", seconds(start));
        }
      }
    } catch (ExecutionException failure) {
      throw failed(node, failure.getCause() instanceof TimeoutException, timeout);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failed(node, false, timeout);
    }
  }

  private static String seconds(long start) {
    return "%.1f".formatted((System.nanoTime() - start) / 1e9);
  }

  private static LocalNodeException failed(NodeProcess node, boolean late, Duration timeout) {
    node.kill();
    String problem =
        late
            ? "The local Elasticsearch did not answer within " + timeout.toSeconds() + " s."
            : "The local Elasticsearch ended while it was starting.";
    return new LocalNodeException(
        problem + " Its last output:" + node.lastOutput(),
        "See the whole log in "
            + node.logFile()
            + ". If its data is damaged and not needed, move the data folder away; or set"
            + " spring.elasticsearch.uris to another Elasticsearch.");
  }
}
