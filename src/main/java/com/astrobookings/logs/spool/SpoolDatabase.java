package com.astrobookings.logs.spool;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The waiting entries and the dead letters in the file of a spool. All methods block, and take part
 * in the transaction of the file.
 *
 * @param file the file
 */
record SpoolDatabase(SpoolFile file) {

  /** Returns whether the entry was added, which it is not if its partition has the key. */
  boolean insert(SpoolEntry entry) throws SQLException {
    PreparedStatement insert =
        file.statement(
            "INSERT INTO waiting (partition, key, at, value) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING");
    insert.setString(1, entry.partition());
    insert.setString(2, entry.key());
    insert.setLong(3, entry.at().toEpochMilli());
    insert.setBytes(4, entry.value());
    return insert.executeUpdate() == 1;
  }

  Optional<SpoolEntry> find(String partition, String key) throws SQLException {
    PreparedStatement select =
        file.statement(
            "SELECT partition, key, at, value FROM waiting WHERE partition = ? AND key = ?");
    select.setString(1, partition);
    select.setString(2, key);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(entry(row)) : Optional.empty();
    }
  }

  /** Returns the number of waiting entries in each partition that has any. */
  Map<String, Long> waiting() throws SQLException {
    Map<String, Long> waiting = new HashMap<>();
    try (ResultSet row =
        file.statement("SELECT partition, count(*) FROM waiting GROUP BY partition")
            .executeQuery()) {
      while (row.next()) {
        waiting.put(row.getString(1), row.getLong(2));
      }
    }
    return waiting;
  }

  /**
   * Returns the first waiting entries of a partition after {@code position}, except those of {@code
   * omitted}: at least one if there is one, and no more than {@code maxEntries} and about {@code
   * maxBytes}.
   */
  List<WaitingEntry> read(
      String partition, long position, int maxEntries, long maxBytes, AcknowledgedPositions omitted)
      throws SQLException {
    PreparedStatement select =
        file.statement(
            "SELECT partition, key, at, value, position FROM waiting"
                + " WHERE partition = ? AND position > ? ORDER BY position");
    select.setString(1, partition);
    select.setLong(2, position);
    List<WaitingEntry> entries = new ArrayList<>();
    long bytes = 0;
    try (ResultSet row = select.executeQuery()) {
      while (entries.size() < maxEntries && bytes < maxBytes && row.next()) {
        if (!omitted.contains(row.getLong(5))) {
          WaitingEntry entry = new WaitingEntry(row.getLong(5), entry(row));
          entries.add(entry);
          bytes += entry.entry().value().length;
        }
      }
    }
    return entries;
  }

  /** Returns when the entry came into being that was appended first; empty if none waits. */
  Optional<Instant> oldest() throws SQLException {
    try (ResultSet row =
        file.statement("SELECT at FROM waiting ORDER BY position LIMIT 1").executeQuery()) {
      return row.next() ? Optional.of(Instant.ofEpochMilli(row.getLong(1))) : Optional.empty();
    }
  }

  boolean waits(long position) throws SQLException {
    PreparedStatement select = file.statement("SELECT 1 FROM waiting WHERE position = ?");
    select.setLong(1, position);
    try (ResultSet row = select.executeQuery()) {
      return row.next();
    }
  }

  /** Returns whether there was such a waiting entry. */
  boolean delete(long position) throws SQLException {
    PreparedStatement delete = file.statement("DELETE FROM waiting WHERE position = ?");
    delete.setLong(1, position);
    return delete.executeUpdate() == 1;
  }

  /** Makes a dead letter of a waiting entry; returns false if there is none. */
  boolean bury(long position, DeadLetter.Failure failure) throws SQLException {
    PreparedStatement insert =
        file.statement(
            "INSERT INTO dead (partition, key, at, value, reason, detail, died)"
                + " SELECT partition, key, at, value, ?, ?, ? FROM waiting WHERE position = ?");
    insert.setString(1, failure.reason());
    insert.setString(2, failure.detail());
    insert.setLong(3, failure.at().toEpochMilli());
    insert.setLong(4, position);
    return insert.executeUpdate() == 1 && delete(position);
  }

  long countDead() throws SQLException {
    return file.single("SELECT count(*) FROM dead");
  }

  /** Returns dead letters after {@code id} in ascending order, or before it in descending order. */
  List<DeadLetter> dead(long id, boolean ascending, int maxLetters, long maxBytes)
      throws SQLException {
    PreparedStatement select =
        file.statement(
            "SELECT partition, key, at, value, id, reason, detail, died FROM dead"
                + (ascending ? " WHERE id > ? ORDER BY id" : " WHERE id < ? ORDER BY id DESC"));
    select.setLong(1, id);
    List<DeadLetter> letters = new ArrayList<>();
    long bytes = 0;
    try (ResultSet row = select.executeQuery()) {
      while (letters.size() < maxLetters && bytes < maxBytes && row.next()) {
        DeadLetter.Failure failure =
            new DeadLetter.Failure(
                row.getString(6), row.getString(7), Instant.ofEpochMilli(row.getLong(8)));
        letters.add(new DeadLetter(row.getLong(5), entry(row), failure));
        bytes += letters.getLast().entry().value().length;
      }
    }
    return letters;
  }

  boolean discard(long id) throws SQLException {
    PreparedStatement delete = file.statement("DELETE FROM dead WHERE id = ?");
    delete.setLong(1, id);
    return delete.executeUpdate() == 1;
  }

  private static SpoolEntry entry(ResultSet row) throws SQLException {
    return new SpoolEntry(
        row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3)), row.getBytes(4));
  }
}
