package com.astrobookings.logs.spool;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The SQLite file of a spool, and its connection. All methods block, and take part in a transaction
 * that {@link #commit} ends; what it wrote is on disk when that returns. Used by one thread.
 *
 * <p>There is one connection, which locks the database for itself. So no reader keeps SQLite from
 * reusing its write-ahead log, which therefore grows beyond {@link #LOG_PAGES} by the largest
 * transaction only.
 */
final class SpoolFile implements AutoCloseable {

  /** How SQLite makes a transaction durable. */
  enum Synchronous {
    /** An fsync of the log ends each transaction. */
    FULL,
    /** Leaves that to the operating system; for the test that detects it. */
    OFF
  }

  private static final int SCHEMA_VERSION = 1;

  /** When the log has this size, what it holds is copied to the database and it begins anew. */
  private static final int LOG_PAGES = 1000;

  private static final int LOG_BYTES = LOG_PAGES * 4096;
  private static final int CACHE_KIBIBYTES = 16 * 1024;

  private static final String SCHEMA =
      """
      CREATE TABLE waiting (
        position INTEGER PRIMARY KEY AUTOINCREMENT, partition TEXT NOT NULL, key TEXT NOT NULL,
        at INTEGER NOT NULL, value BLOB NOT NULL);
      CREATE UNIQUE INDEX waiting_keys ON waiting (partition, key);
      CREATE INDEX waiting_partitions ON waiting (partition, position);
      CREATE TABLE dead (
        id INTEGER PRIMARY KEY AUTOINCREMENT, partition TEXT NOT NULL, key TEXT NOT NULL,
        at INTEGER NOT NULL, value BLOB NOT NULL,
        reason TEXT NOT NULL, detail TEXT NOT NULL, died INTEGER NOT NULL);
      PRAGMA user_version = 1;
      """;

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  private SpoolFile(Connection connection) {
    this.connection = connection;
  }

  /**
   * Makes the driver unpack its library into a folder, unless another one is configured: the usual
   * one for temporary files may forbid the execution of files.
   */
  static void unpackInto(Path folder) {
    if (System.getProperty("org.sqlite.tmpdir") == null) {
      System.setProperty("org.sqlite.tmpdir", folder.toString());
    }
  }

  /**
   * Opens a database, and creates it if the file is missing or empty.
   *
   * @throws SQLException if it cannot be opened; see {@link #isDamage}
   */
  static SpoolFile open(Path file, Synchronous synchronous) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = " + synchronous);
      statement.execute("PRAGMA wal_autocheckpoint = " + LOG_PAGES);
      statement.execute("PRAGMA journal_size_limit = " + LOG_BYTES);
      statement.execute("PRAGMA temp_store = MEMORY");
      statement.execute("PRAGMA cache_size = -" + CACHE_KIBIBYTES);
      prepare(statement);
      connection.setAutoCommit(false);
      return new SpoolFile(connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static void prepare(Statement statement) throws SQLException {
    int version = number(statement, "PRAGMA user_version");
    if (version > SCHEMA_VERSION) {
      throw new SpoolException(
          "The spool was written by a newer version of the service.",
          "Start that version again, or move the folder of the spool away.",
          null);
    }
    if (version == 0 && number(statement, "SELECT count(*) FROM sqlite_schema") == 0) {
      statement.executeUpdate("BEGIN;" + SCHEMA + "COMMIT;");
    } else {
      check(statement);
    }
  }

  private static void check(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
      result.next();
      if (!result.getString(1).equals("ok")) {
        throw new SQLiteException(result.getString(1), SQLiteErrorCode.SQLITE_CORRUPT);
      }
    }
  }

  private static int number(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getInt(1);
    }
  }

  /** Returns whether the file is damaged, rather than out of reach or the disk full. */
  static boolean isDamage(SQLException failure) {
    return switch (failure.getErrorCode() & 0xff) {
      // SQLITE_ERROR (a table is missing), SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB
      case 1, 10, 11, 26 -> true;
      default -> false;
    };
  }

  /** Returns whether the file turns out to be damaged while it is in use. */
  static boolean isCorruption(SQLException failure) {
    int code = failure.getErrorCode() & 0xff;
    return code == SQLiteErrorCode.SQLITE_CORRUPT.code
        || code == SQLiteErrorCode.SQLITE_NOTADB.code;
  }

  void commit() throws SQLException {
    connection.commit();
  }

  /** Ends the transaction without an effect. A statement that failed cannot be used again. */
  void rollback() throws SQLException {
    closeStatements();
    try {
      connection.rollback();
    } catch (SQLException ended) {
      // A full disk has ended the transaction already, and the driver has not begun another one.
      restartTransaction();
    }
  }

  private void restartTransaction() throws SQLException {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException noTransaction) {
      // There is nothing to commit; the mode is changed all the same.
    }
    connection.setAutoCommit(false);
  }

  private void closeStatements() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
    statements.clear();
  }

  /** Returns the bytes of the pages in use; free pages are used before the file grows. */
  long usedBytes() throws SQLException {
    return (pages() - freePages()) * single("PRAGMA page_size");
  }

  private long pages() throws SQLException {
    return single("PRAGMA page_count");
  }

  private long freePages() throws SQLException {
    return single("PRAGMA freelist_count");
  }

  /**
   * Gives the disk back what is free, if that is at least {@code minBytes} and most of the file.
   */
  void shrink(long minBytes) throws SQLException {
    long free = freePages();
    if (free * single("PRAGMA page_size") < minBytes || free * 2 < pages()) {
      return;
    }
    // Cannot be part of a transaction, nor while a statement is open.
    connection.commit();
    closeStatements();
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("VACUUM");
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } finally {
      connection.setAutoCommit(false);
    }
  }

  /** Returns the only number of the only row of the result. */
  long single(String query) throws SQLException {
    try (ResultSet row = statement(query).executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Returns a statement that is prepared once. */
  PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  /** Copies the log to the database and closes both. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
