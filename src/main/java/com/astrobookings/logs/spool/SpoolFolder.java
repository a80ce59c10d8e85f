package com.astrobookings.logs.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one spool, accessible to its owner only and locked by one process. The operating
 * system releases the lock when the process ends, however it ends.
 *
 * @param path absolute
 */
record SpoolFolder(Path path, FileChannel lock) implements AutoCloseable {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final String OWNER = "spool.pid";
  private static final String DATABASE = "spool.db";
  private static final String LOG_SUFFIX = "-wal";
  private static final String DAMAGED = "damaged-";

  /**
   * What a machine or a container forgets: memory, and the layer of a container above its image.
   */
  private static final Set<String> TEMPORARY_FILE_SYSTEMS = Set.of("tmpfs", "ramfs", "overlay");

  /**
   * Creates the folder if it does not exist, and locks it for this process.
   *
   * @throws SpoolException if it is locked or cannot be used
   */
  static SpoolFolder open(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    try {
      create(path);
      return new SpoolFolder(path, lock(path));
    } catch (IOException failure) {
      throw unusable(path, failure);
    }
  }

  static SpoolException unusable(Path path, Exception failure) {
    return new SpoolException(
        "The spool folder " + path + " cannot be used: " + failure.getMessage() + ".",
        "Make the folder writable for this user, with room for its data; or set"
            + " logs.spool.directory to another folder. With logs.spool.enabled=false the service"
            + " refuses events while Elasticsearch is unavailable.",
        failure);
  }

  Path database() {
    return path.resolve(DATABASE);
  }

  /** Returns the size of the write-ahead log in bytes. */
  long logBytes() {
    return path.resolve(DATABASE + LOG_SUFFIX).toFile().length();
  }

  /** Returns the free bytes of the disk. */
  long usableBytes() {
    try {
      return Files.getFileStore(path).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the content of the folder is lost with the machine or the container. */
  boolean isTemporary() {
    try {
      return TEMPORARY_FILE_SYSTEMS.contains(Files.getFileStore(path).type());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Moves the files of the database to a sub-folder of their own, which is returned. */
  Path moveAside() throws IOException {
    int number = 1;
    while (Files.exists(path.resolve(DAMAGED + number))) {
      number++;
    }
    Path aside = path.resolve(DAMAGED + number);
    create(aside);
    // The log first: without its database it would be taken for that of the next one.
    for (String name : List.of(DATABASE + LOG_SUFFIX, DATABASE)) {
      if (Files.exists(path.resolve(name))) {
        Files.move(path.resolve(name), aside.resolve(name));
      }
    }
    sync();
    return aside;
  }

  /** Returns the sub-folders of damaged files. */
  List<Path> damaged() {
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(one -> one.getFileName().toString().startsWith(DAMAGED)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes the names of the files in the folder durable, and that of the folder. SQLite does so for
   * its log, but not for its database.
   */
  void sync() throws IOException {
    sync(path);
    if (path.getParent() != null) {
      sync(path.getParent());
    }
  }

  private static void sync(Path folder) throws IOException {
    // Elsewhere a folder cannot be opened, and names need no sync.
    if (isPosix(folder)) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException kept) {
      // The lock ends with this process at the latest.
    }
  }

  private static void create(Path folder) throws IOException {
    if (isPosix(folder)) {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      Files.setPosixFilePermissions(folder, OWNER_ONLY);
    } else {
      Files.createDirectories(folder);
    }
  }

  private static boolean isPosix(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("spool.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw locked(folder);
    }
    Files.writeString(folder.resolve(OWNER), Long.toString(ProcessHandle.current().pid()));
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException inThisProcess) {
      return null;
    }
  }

  private static SpoolException locked(Path folder) throws IOException {
    Path owner = folder.resolve(OWNER);
    String process = Files.exists(owner) ? " (process " + Files.readString(owner) + ")" : "";
    return new SpoolException(
        "Another service" + process + " already uses the spool in " + folder + ".",
        "Stop that service, or give this one a folder of its own with logs.spool.directory: two"
            + " instances never share one.",
        null);
  }
}
