package com.astrobookings.logs.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.system.ApplicationHome;

/**
 * The jars of Elasticsearch that the build has copied.
 *
 * @param folder holds {@code lib} (the server) and {@code modules} (a folder for each)
 * @param version the version of the server
 */
record NodeDistribution(Path folder, String version) {
  private static final String VERSION_FILE = "version-";

  /**
   * Finds the distribution beside the jar or the classes of the service, or in {@code target}.
   *
   * @throws LocalNodeException if there is none
   */
  static NodeDistribution find() {
    Path home = new ApplicationHome(NodeDistribution.class).getDir().toPath();
    return find(
        List.of(
            home.resolve("es-node"),
            home.resolveSibling("es-node"),
            Path.of("target", "es-node").toAbsolutePath()));
  }

  static NodeDistribution find(List<Path> candidates) {
    return candidates.stream()
        .map(Path::normalize)
        .flatMap(folder -> version(folder).map(v -> new NodeDistribution(folder, v)).stream())
        .findFirst()
        .orElseThrow(() -> missing(candidates));
  }

  Path lib() {
    return folder.resolve("lib");
  }

  Path modules() {
    return folder.resolve("modules");
  }

  /** The build writes the version file last: a folder without it is incomplete. */
  private static Optional<String> version(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith(VERSION_FILE))
          .map(name -> name.substring(VERSION_FILE.length()))
          .findFirst();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static LocalNodeException missing(List<Path> candidates) {
    return new LocalNodeException(
        "No Elasticsearch is configured, and there is no local one to start; looked in "
            + candidates.stream().map(Path::normalize).distinct().toList()
            + ".",
        "Set spring.elasticsearch.uris (environment: SPRING_ELASTICSEARCH_URIS) to the address of"
            + " your Elasticsearch. Or, in the source folder of the service, run"
            + " ./mvnw spring-boot:run, which brings a local node.");
  }
}
