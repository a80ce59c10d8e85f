package com.astrobookings.logs.spool;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * Runs tasks on the database of a spool, one after the other, on a thread of its own. The tasks
 * that are queued share a transaction. If that fails, each is tried again in one of its own, so
 * that a full disk, which stops tasks that write, does not stop those that read.
 */
final class SpoolThread implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SpoolThread.class);

  /** The heap that waits to be written; a write that finds no room is refused. */
  static final long MAX_QUEUED_BYTES = 32 << 20;

  /** Bounds what a transaction adds to the write-ahead log. */
  private static final long MAX_TRANSACTION_BYTES = 4 << 20;

  private final SpoolDatabase database;
  private final TransactionEnd end;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("spool").daemon().factory());
  private final Queue<Work<?>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicInteger wakeUps = new AtomicInteger();
  private volatile @Nullable String failure;

  /** The failure that is logged once, until entries are accepted again. */
  private String logged = "";

  /** A task on the database. It may run twice, the first time without an effect. */
  @FunctionalInterface
  interface Task<T> {
    T run(SpoolDatabase database, SpoolState.Changes changes) throws SQLException;
  }

  /** Is told how a transaction ended, before the results of its tasks are returned. */
  @FunctionalInterface
  interface TransactionEnd {
    void ended(SpoolState.Changes changes, boolean committed);
  }

  SpoolThread(SpoolDatabase database, TransactionEnd end) {
    this.database = database;
    this.end = end;
  }

  /** Returns why nothing can be written any more; null as long as that is not so. */
  @Nullable String failure() {
    return failure;
  }

  /** Runs a task that holds no memory to speak of. */
  <T> Mono<T> run(Task<T> task) {
    return run(0, task);
  }

  /**
   * Runs a task.
   *
   * @param bytes what it holds in memory
   * @return its result when the transaction is on disk; fails with {@link SpoolException}
   */
  <T> Mono<T> run(long bytes, Task<T> task) {
    return Mono.<T>create(sink -> add(new Work<>(bytes, task, sink)))
        .publishOn(Schedulers.parallel());
  }

  private void add(Work<?> work) {
    String known = failure;
    if (known != null) {
      work.fail(known, false, null);
    } else if (queuedBytes.addAndGet(work.bytes) > MAX_QUEUED_BYTES && work.bytes > 0) {
      queuedBytes.addAndGet(-work.bytes);
      work.fail("more is to be spooled than the disk takes in time", true, null);
    } else {
      queue.add(work);
      if (wakeUps.getAndIncrement() == 0) {
        executor.execute(this::drain);
      }
    }
  }

  private void drain() {
    int seen = wakeUps.get();
    while (seen > 0) {
      while (!queue.isEmpty()) {
        commit(next());
      }
      seen = wakeUps.addAndGet(-seen);
    }
  }

  private List<Work<?>> next() {
    List<Work<?>> group = new ArrayList<>();
    long bytes = 0;
    while (bytes < MAX_TRANSACTION_BYTES) {
      Work<?> work = queue.poll();
      if (work == null) {
        break;
      }
      queuedBytes.addAndGet(-work.bytes);
      bytes += work.bytes;
      group.add(work);
    }
    return group;
  }

  private void commit(List<Work<?>> group) {
    SpoolState.Changes changes = new SpoolState.Changes();
    try {
      for (Work<?> work : group) {
        work.run(database, changes);
      }
      database.file().commit();
    } catch (SQLException | RuntimeException failed) {
      rollBack(changes);
      if (group.size() > 1) {
        group.forEach(work -> commit(List.of(work)));
      } else {
        note(failed);
        group.getFirst().fail("the disk of the spool fails: " + failed.getMessage(), false, failed);
      }
      return;
    }
    end.ended(changes, true);
    if (group.stream().anyMatch(work -> work.bytes > 0)) {
      logged = "";
    }
    group.forEach(Work::succeed);
  }

  private void rollBack(SpoolState.Changes changes) {
    end.ended(changes, false);
    try {
      database.file().rollback();
    } catch (SQLException again) {
      log.warn("A transaction of the spool cannot be ended: {}", again.getMessage());
    }
  }

  private void note(Exception failed) {
    if (failed instanceof SQLException sql && SpoolFile.isCorruption(sql)) {
      failure = "the spool is damaged (" + sql.getMessage() + "); the next start sets it aside";
      log.error("{}", failure);
    } else if (!logged.equals(String.valueOf(failed.getMessage()))) {
      logged = String.valueOf(failed.getMessage());
      log.warn("The spool cannot be read or written: {}", logged);
    }
  }

  /** Ends what is queued, and closes the database. Blocks until that is done. */
  @Override
  public void close() {
    if (executor.isShutdown()) {
      return;
    }
    failure = "the spool is closed";
    executor.execute(this::closeDatabase);
    executor.close();
  }

  private void closeDatabase() {
    drain();
    try {
      database.file().close();
    } catch (SQLException e) {
      log.warn("The spool was not closed in good order: {}", e.getMessage());
    }
  }

  /** A task and what is to be done with its result. */
  private static final class Work<T> {

    private final long bytes;
    private final Task<T> task;
    private final MonoSink<T> sink;
    private @Nullable T result;

    Work(long bytes, Task<T> task, MonoSink<T> sink) {
      this.bytes = bytes;
      this.task = task;
      this.sink = sink;
    }

    void run(SpoolDatabase database, SpoolState.Changes changes) throws SQLException {
      result = task.run(database, changes);
    }

    void succeed() {
      sink.success(result);
    }

    void fail(String reason, boolean overload, @Nullable Exception cause) {
      sink.error(
          new SpoolException(reason, "See the log and the disk of the service.", overload, cause));
    }
  }
}
