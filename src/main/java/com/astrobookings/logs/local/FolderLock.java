package com.astrobookings.logs.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Locks a folder for one service. The operating system releases the lock when the process ends,
 * however it ends.
 */
final class FolderLock implements AutoCloseable {
  private static final String OWNER = "service.pid";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static FolderLock take(Path folder) throws IOException {
    Path file = folder.resolve("service.lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      throw locked(folder);
    }
    Files.writeString(folder.resolve(OWNER), Long.toString(ProcessHandle.current().pid()));
    return new FolderLock(channel);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException kept) {
      // The lock ends with this process at the latest.
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException inThisProcess) {
      return null;
    }
  }

  private static LocalNodeException locked(Path folder) throws IOException {
    Path owner = folder.resolve(OWNER);
    String process = Files.exists(owner) ? " (process " + Files.readString(owner) + ")" : "";
    return new LocalNodeException(
        "Another service" + process + " already runs the local Elasticsearch in " + folder + ".",
        "Stop that service; or give this one a folder of its own with logs.local.data; or let both"
            + " use one Elasticsearch with spring.elasticsearch.uris.");
  }
}
