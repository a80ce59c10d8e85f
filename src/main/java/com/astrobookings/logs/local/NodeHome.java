package com.astrobookings.logs.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one node, accessible to its owner only and locked by one service.
 *
 * @param folder absolute
 * @param cache files that make the next start faster
 * @param lock held until the home is closed or the service ends
 */
record NodeHome(Path folder, Path cache, FolderLock lock) implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodeHome.class);
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");
  private static final long HIGH = 1L << 30;
  private static final long FLOOD_STAGE = 512L << 20;
  private static final Map<String, String> SETTINGS =
      Map.of(
          "cluster.name", "astrobookings-local",
          "node.name", "local",
          "discovery.type", "single-node",
          "network.host", "127.0.0.1",
          "transport.port", "0",
          "node.portsfile", "true",
          "cluster.routing.allocation.disk.watermark.low", "2gb",
          "cluster.routing.allocation.disk.watermark.high", HIGH + "b",
          "cluster.routing.allocation.disk.watermark.flood_stage", FLOOD_STAGE + "b");
  private static final String LOGGING =
      """
      status = error
      appender.console.type = Console
      appender.console.name = console
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
      rootLogger.level = info
      rootLogger.appenderRef.console.ref = console
      # The native libraries are not part of this node, which logs a long warning about it.
      logger.native.name = org.elasticsearch.nativeaccess
      logger.native.level = error
      """;

  /**
   * Creates the folder if it does not exist, and locks it for this service.
   *
   * @throws LocalNodeException if it is locked or cannot be used
   */
  static NodeHome open(Path data) {
    Path folder = data.toAbsolutePath().normalize().resolve("elasticsearch");
    return open(folder, folder.resolve("cache"));
  }

  static NodeHome open(Path folder, Path cache) {
    try {
      create(folder);
      refuseFullDisk(folder, Files.getFileStore(folder).getUsableSpace());
      return new NodeHome(folder, cache, FolderLock.take(folder));
    } catch (IOException failure) {
      throw unusable(folder, failure);
    }
  }

  static LocalNodeException unusable(Path folder, IOException failure) {
    return new LocalNodeException(
        "The data folder of the local Elasticsearch cannot be used: " + failure + ".",
        "Make "
            + folder
            + " writable for this user, with room for its data; or set"
            + " logs.local.data to another folder.",
        failure);
  }

  Path logs() {
    return folder.resolve("logs");
  }

  Path temp() {
    return folder.resolve("tmp");
  }

  /** Writes the configuration of the node; {@code more} are settings added to or replacing ours. */
  void configure(Map<String, String> more) throws IOException {
    for (String name : List.of("config", "data", "logs", "tmp")) {
      create(folder.resolve(name));
    }
    create(cache);
    Map<String, String> settings = new TreeMap<>(SETTINGS);
    settings.put("path.home", folder.toString());
    settings.put("path.data", folder.resolve("data").toString());
    settings.put("path.logs", logs().toString());
    settings.putAll(more);
    List<String> lines =
        settings.entrySet().stream().map(e -> e.getKey() + ": " + quoted(e.getValue())).toList();
    Files.write(folder.resolve("config").resolve("elasticsearch.yml"), lines);
    Files.writeString(folder.resolve("config").resolve("log4j2.properties"), LOGGING);
  }

  @Override
  public void close() {
    lock.close();
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static void create(Path folder) throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix) {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER));
      Files.setPosixFilePermissions(folder, OWNER);
    } else {
      Files.createDirectories(folder);
    }
  }

  /** Checks the disk watermarks of the node before it is started, to report them clearly. */
  static void refuseFullDisk(Path folder, long free) {
    if (free < FLOOD_STAGE) {
      throw new LocalNodeException(
          "The disk of %s has only %d MB left; below %d MB Elasticsearch refuses to write."
              .formatted(folder, free >> 20, FLOOD_STAGE >> 20),
          "Free some space, or set logs.local.data to a folder on another disk.");
    }
    if (free < HIGH) {
      log.warn(
          "The disk of {} has only {} MB left; below {} MB Elasticsearch creates no new index",
          folder,
          free >> 20,
          HIGH >> 20);
    }
  }
}
