package com.astrobookings.logs.spool;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Keeps entries on disk until they are acknowledged or discarded, in the order in which they were
 * appended, within a bound of bytes. An entry that was accepted is there again after the end of the
 * process, however it ends, and of the machine.
 *
 * <p>No method blocks. What a method returns is lazy, and arrives on a thread that may do other
 * work. Safe for use by several threads, and by one process: the folder is locked.
 *
 * <p>Everything is done by one thread on one connection to a SQLite database. Whatever was asked
 * for while the last transaction was under way shares the next one, and its fsync (group commit).
 */
public final class Spool implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Spool.class);

  /** A file with less free space than this is not worth the work of making it smaller. */
  private static final long MIN_SHRINK_BYTES = 8 << 20;

  /** A spool with less room than this counts as full, although it may take a small entry. */
  private static final long MIN_ROOM_BYTES = 256 << 10;

  private final SpoolFolder folder;
  private final SpoolFile file;
  private final SpoolLimits limits;
  private final SpoolThread thread;
  private final List<Path> damaged;

  // Used by the thread of the spool only.
  private final AcknowledgedPositions acknowledged = new AcknowledgedPositions();

  /** Whether the transaction under way deletes all of {@link #acknowledged}. */
  private boolean deleted;

  private volatile SpoolState state;

  /** Creates a spool on an open file. Reads what is in it, so it blocks. */
  Spool(SpoolFolder folder, SpoolFile file, SpoolLimits limits) throws SQLException {
    this.folder = folder;
    this.limits = limits;
    this.file = file;
    this.damaged = folder.damaged();
    SpoolDatabase database = new SpoolDatabase(file);
    this.state =
        SpoolState.opened(database.waiting(), database.countDead())
            .with(bytes(file), database.oldest());
    file.commit();
    this.thread = new SpoolThread(database, this::ended);
  }

  /**
   * Opens the spool in a folder, and creates it if it does not exist. A damaged database is moved
   * to a sub-folder, with an error in the log, and a new one takes its place.
   *
   * @param maxBytes what the entries may take on disk
   * @param reserve the free bytes of the disk below which entries are refused
   * @throws SpoolException if another process uses the folder, or it cannot be used
   */
  public static Spool open(Path folder, long maxBytes, long reserve) {
    return SpoolOpening.open(folder, maxBytes, reserve, SpoolFile.Synchronous.FULL);
  }

  /** Returns what is known without asking the disk. Costs one volatile read. */
  public SpoolState state() {
    return state;
  }

  /** Returns the limit of {@link SpoolState#bytes()}. */
  public long maxBytes() {
    return limits.maxBytes();
  }

  /** Returns the state of the spool, and whether it has room. */
  public Mono<SpoolStatus> status() {
    return thread.run((db, changes) -> {
      deleteAcknowledged(db);
      return new SpoolStatus(
          folder.path(),
          state,
          limits.maxBytes(),
          refusal(MIN_ROOM_BYTES),
          folder.isTemporary(),
          damaged);
    });
  }

  /**
   * Appends entries: all that are not present, or none of them if there is no room.
   *
   * @return one result for each entry, in their order, when they are on disk; never fails
   */
  public Mono<List<Appended>> append(List<SpoolEntry> entries) {
    long bytes = entries.stream().mapToLong(SpoolEntry::size).sum();
    return thread
        .run(bytes, (db, changes) -> append(entries, bytes, db, changes))
        .onErrorResume(failure -> Mono.just(refused(entries.size(), failure)));
  }

  private List<Appended> append(
      List<SpoolEntry> entries, long bytes, SpoolDatabase db, SpoolState.Changes changes)
      throws SQLException {
    deleteAcknowledged(db);
    String refusal = refusal(bytes);
    if (refusal != null) {
      return Collections.nCopies(entries.size(), new Appended.Refused(false, refusal));
    }
    List<Appended> results = new ArrayList<>(entries.size());
    for (SpoolEntry entry : entries) {
      if (db.insert(entry)) {
        changes.accepted(entry.partition());
        results.add(new Appended.Accepted());
      } else {
        results.add(new Appended.Present(db.find(entry.partition(), entry.key()).orElseThrow()));
      }
    }
    return results;
  }

  private static List<Appended> refused(int entries, Throwable failure) {
    boolean overload = failure instanceof SpoolException known && known.isOverload();
    return Collections.nCopies(
        entries, new Appended.Refused(overload, String.valueOf(failure.getMessage())));
  }

  private @Nullable String refusal(long bytes) throws SQLException {
    String failure = thread.failure();
    return failure != null ? failure : limits.refusal(bytes, file, folder);
  }

  /** Finds waiting entries by the keys of one partition. */
  public Mono<List<SpoolEntry>> find(String partition, Collection<String> keys) {
    return thread.run((db, changes) -> {
      List<SpoolEntry> found = new ArrayList<>();
      for (String key : keys) {
        db.find(partition, key).ifPresent(found::add);
      }
      return found;
    });
  }

  /**
   * Reads the waiting entries of a partition that follow a position, in their order. They go on
   * waiting.
   *
   * @param position 0 to begin with the oldest
   * @param maxBytes the values of the entries exceed it by one at most
   * @return empty if no entry follows; fails with {@link SpoolException}
   */
  public Mono<List<WaitingEntry>> read(
      String partition, long position, int maxEntries, long maxBytes) {
    return thread.run(
        (db, changes) -> db.read(partition, position, maxEntries, maxBytes, acknowledged));
  }

  /**
   * Ends the waiting of entries that have been delivered. Never fails: while they cannot be
   * deleted, because the disk is full for example, they are not read again, unless the process ends
   * meanwhile.
   */
  public Mono<Void> acknowledge(List<WaitingEntry> delivered) {
    return thread
        .run((db, changes) -> {
          forget(delivered, db);
          deleteAcknowledged(db);
          return true;
        })
        .onErrorComplete()
        .then();
  }

  private void forget(List<WaitingEntry> delivered, SpoolDatabase db) throws SQLException {
    SpoolState.Changes changes = new SpoolState.Changes();
    for (WaitingEntry entry : delivered) {
      if (db.waits(entry.position()) && acknowledged.add(entry.position())) {
        changes.acknowledged(entry.entry().partition());
      }
    }
    state = changes.applyTo(state);
  }

  private void deleteAcknowledged(SpoolDatabase db) throws SQLException {
    if (!acknowledged.isEmpty()) {
      for (long position : acknowledged.toList()) {
        db.delete(position);
      }
      deleted = true;
    }
  }

  /**
   * Makes dead letters of waiting entries.
   *
   * @return fails with {@link SpoolException} if the disk does, in which case they go on waiting
   */
  public Mono<Void> bury(Map<WaitingEntry, DeadLetter.Failure> failures) {
    return thread
        .run((db, changes) -> {
          for (var failure : failures.entrySet()) {
            WaitingEntry entry = failure.getKey();
            if (!acknowledged.contains(entry.position())
                && db.bury(entry.position(), failure.getValue())) {
              changes.buried(entry.entry().partition(), failure.getValue().reason());
            }
          }
          return true;
        })
        .then();
  }

  /**
   * Returns dead letters in the order of their ids.
   *
   * @param id they follow this one in that order; in ascending order 0, in descending order {@link
   *     Long#MAX_VALUE} begins with the first
   * @param maxBytes the values of the entries exceed it by one at most
   */
  public Mono<List<DeadLetter>> deadLetters(
      long id, boolean ascending, int maxLetters, long maxBytes) {
    return thread.run((db, changes) -> db.dead(id, ascending, maxLetters, maxBytes));
  }

  /** Makes a dead letter wait again, behind all other entries. */
  public Mono<DeadLetter.Resend> resend(long id) {
    return thread.run((db, changes) -> {
      DeadLetter letter = db.dead(id - 1, true, 1, 1).stream().findFirst().orElse(null);
      if (letter == null || letter.id() != id) {
        return DeadLetter.Resend.UNKNOWN;
      }
      if (!db.insert(letter.entry())) {
        return DeadLetter.Resend.KEY_WAITS;
      }
      db.discard(id);
      changes.resent(letter.entry().partition());
      return DeadLetter.Resend.WAITING;
    });
  }

  /** Deletes a dead letter; returns whether there was one. */
  public Mono<Boolean> discard(long id) {
    return thread.run((db, changes) -> {
      boolean found = db.discard(id);
      if (found) {
        changes.discarded();
      }
      return found;
    });
  }

  private void ended(SpoolState.Changes changes, boolean committed) {
    if (committed) {
      state = changes.applyTo(state);
      if (deleted) {
        acknowledged.clear();
      }
      measure();
    }
    deleted = false;
  }

  private void measure() {
    try {
      if (state.total() == 0 && acknowledged.isEmpty()) {
        file.shrink(MIN_SHRINK_BYTES);
      }
      state = state.with(bytes(file), new SpoolDatabase(file).oldest());
      file.commit();
    } catch (SQLException e) {
      log.warn("The size of the spool cannot be determined: {}", e.getMessage());
    }
  }

  private long bytes(SpoolFile file) throws SQLException {
    return file.usedBytes() + folder.logBytes();
  }

  /** Ends what is under way, and closes the files. Blocks until that is done. */
  @Override
  public void close() {
    thread.close();
    folder.close();
  }
}
