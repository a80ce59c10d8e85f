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
 * The node of a service that was killed ends by itself, but not at once. Who starts the next node
 * in the same folder waits for that.
 */
final class Orphan {
  private static final Logger log = LoggerFactory.getLogger(Orphan.class);
  private static final String FILE = "node.pid";

  private Orphan() {}

  static void remember(Path folder, ProcessHandle node) throws IOException {
    Files.writeString(folder.resolve(FILE), identity(node).orElse(""));
  }

  /** Returns when no earlier node runs in the folder, by force once {@code patience} is over. */
  static void awaitEnd(Path folder, Duration patience) throws IOException {
    find(folder).ifPresent(node -> awaitEnd(node, folder, patience));
  }

  private static void awaitEnd(ProcessHandle node, Path folder, Duration patience) {
    log.info("Waiting for the Elasticsearch of an earlier service to end in {}", folder);
    node.onExit().completeOnTimeout(node, patience.toMillis(), TimeUnit.MILLISECONDS).join();
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
   * A process id is used again one day; with the time of its start it is not. Without that time
   * nobody knows whose process it is, so there is none to wait for, let alone to kill.
   */
  private static Optional<String> identity(ProcessHandle node) {
    return node.info().startInstant().map(start -> node.pid() + " " + start);
  }
}
