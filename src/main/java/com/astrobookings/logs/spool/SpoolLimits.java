package com.astrobookings.logs.spool;

import java.nio.file.Files;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what a spool takes on disk.
 *
 * @param maxBytes the greatest size of the entries and the write-ahead log
 * @param reserve the free bytes of the disk below which entries are refused: on a full disk SQLite
 *     cannot even delete
 */
record SpoolLimits(long maxBytes, long reserve) {

  /** Returns why entries of this size are refused now; null if they are not. */
  @Nullable String refusal(long bytes, SpoolFile file, SpoolFolder folder) throws SQLException {
    if (!Files.exists(folder.database())) {
      return "the file " + folder.database() + " was removed while it is in use";
    }
    long log = folder.logBytes();
    if (file.usedBytes() + log + bytes > maxBytes) {
      return "the spool is full: logs.spool.max-size is %,d bytes".formatted(maxBytes);
    }
    // What is in the log is going to be copied to the database, and needs its space once more.
    if (folder.usableBytes() - 2 * bytes - log < reserve) {
      return "the disk of the spool has less free space than logs.spool.reserve, %,d bytes"
          .formatted(reserve);
    }
    return null;
  }
}
