package com.astrobookings.logs.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the node of a service that was killed. It ends by itself, but not at once, and holds
 * the folder until then.
 */
final class Orphan {
  private static final Logger log = LoggerFactory.getLogger(Orphan.class);
  private static final String FILE = "node.pid";

  private Orphan() {}

  static void record(Path folder, ProcessHandle node) throws IOException {
    Files.writeString(folder.resolve(FILE), identity(node).orElse(""));
  }

  /** Waits until no earlier node runs in the folder, and kills it after {@code timeout}. */
  static void awaitEnd(Path folder, Duration timeout) throws IOException {
    find(folder).ifPresent(node -> awaitEnd(node, folder, timeout));
  }

  private static void awaitEnd(ProcessHandle node, Path folder, Duration timeout) {
    log.info("Waiting for the Elasticsearch of an earlier service to end in {}", folder);
    node.onExit().completeOnTimeout(node, timeout.toMillis(), TimeUnit.MILLISECONDS).join();
    node.destroyForcibly();
    node.onExit().join();
  }

  private static Optional<ProcessHandle> find(Path folder) throws IOException {
    try {
      String identity = Files.readString(folder.resolve(FILE));
      return ProcessHandle.of(Long.parseLong(identity.split(" ", 2)[0]))
          .filter(node -> identity(node).filter(identity::equals).isPresent());
    } catch (NoSuchFileException | NumberFormatException none) {
      return Optional.empty();
    }
  }

  /**
   * Process ids are reused, so the start time identifies the process, too. A process without a
   * known start time is never waited for nor killed, because it may be any other.
   */
  private static Optional<String> identity(ProcessHandle node) {
    return node.info().startInstant().map(start -> node.pid() + " " + start);
  }
}
