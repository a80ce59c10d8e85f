package com.astrobookings.logs.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a spool, whatever state its folder is in. */
final class SpoolOpening {

  private static final Logger log = LoggerFactory.getLogger(SpoolOpening.class);

  private SpoolOpening() {}

  /** Opens a spool as {@link Spool#open} says. */
  static Spool open(Path path, long maxBytes, long reserve, SpoolFile.Synchronous synchronous) {
    SpoolFolder folder = SpoolFolder.open(path);
    try {
      SpoolFile.unpackInto(folder.path());
      Spool spool =
          new Spool(folder, file(folder, synchronous), new SpoolLimits(maxBytes, reserve));
      folder.sync();
      report(folder, spool);
      return spool;
    } catch (SQLException | IOException e) {
      folder.close();
      throw SpoolFolder.unusable(folder.path(), e);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static SpoolFile file(SpoolFolder folder, SpoolFile.Synchronous synchronous)
      throws SQLException, IOException {
    try {
      return SpoolFile.open(folder.database(), synchronous);
    } catch (SQLException failure) {
      if (!SpoolFile.isDamage(failure)) {
        throw failure;
      }
      Path aside = folder.moveAside();
      log.error(
          "The spool in {} is damaged ({}). It was moved to {}, and a new one is used. Recover its"
              + " entries with the command .recover of sqlite3",
          folder.path(),
          failure.getMessage(),
          aside);
      return SpoolFile.open(folder.database(), synchronous);
    }
  }

  private static void report(SpoolFolder folder, Spool spool) {
    if (folder.isTemporary()) {
      log.warn(
          "The spool folder {} lies on a temporary file system: what is spooled there is lost with"
              + " the machine or the container. Set logs.spool.directory to a folder on a disk",
          folder.path());
    }
    SpoolState found = spool.state();
    if (found.total() + found.deadLetters() > 0) {
      log.info(
          "The spool in {} has {} waiting entries and {} dead letters",
          folder.path(),
          found.total(),
          found.deadLetters());
    }
  }
}
