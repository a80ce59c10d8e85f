package com.astrobookings.logs.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolThreadTests {

  @TempDir Path folder;
  private final List<Boolean> transactions = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> gate = new CompletableFuture<>();
  private SpoolThread thread;

  @BeforeEach
  void start() throws SQLException {
    SpoolFile file = SpoolFile.open(folder.resolve("spool.db"), SpoolFile.Synchronous.FULL);
    thread =
        new SpoolThread(
            new SpoolDatabase(file), (changes, committed) -> transactions.add(committed));
  }

  @AfterEach
  void stop() {
    gate.complete(null);
    thread.close();
  }

  /** Keeps the thread busy until the gate opens. */
  private void hold() {
    CompletableFuture<Void> busy = new CompletableFuture<>();
    thread.run((db, changes) -> busy.complete(null) ? gate.join() : null).subscribe();
    busy.join();
  }

  @Test
  void tasksThatAreQueuedShareATransaction() {
    hold();
    CompletableFuture<Integer> one = thread.run((db, changes) -> 1).toFuture();
    CompletableFuture<Integer> two = thread.run((db, changes) -> 2).toFuture();

    gate.complete(null);

    assertThat(one.join() + two.join()).isEqualTo(3);
    assertThat(transactions).containsExactly(true, true);
  }

  @Test
  void aTaskThatFailsDoesNotFailTheOthersOfItsTransaction() {
    hold();
    SpoolEntry entry = Spools.entry(Spools.MARCH, "k", "v");
    CompletableFuture<Boolean> good = thread.run((db, changes) -> db.insert(entry)).toFuture();
    CompletableFuture<Boolean> bad =
        thread
            .<Boolean>run((db, changes) -> {
              throw new SQLException("it fails");
            })
            .toFuture();

    gate.complete(null);

    assertThat(good.join()).isTrue();
    assertThatExceptionOfType(Exception.class)
        .isThrownBy(bad::join)
        .withRootCauseInstanceOf(SQLException.class)
        .withMessageContaining("the disk of the spool fails: it fails");
    assertThat(thread.run((db, changes) -> db.waiting()).block()).containsEntry(Spools.MARCH, 1L);
    assertThat(transactions).startsWith(true, false, true, false);
  }

  @Test
  void theBytesThatWaitAreBounded() {
    hold();
    thread.run(SpoolThread.MAX_QUEUED_BYTES, (db, changes) -> 1).subscribe();

    assertThatExceptionOfType(SpoolException.class)
        .isThrownBy(() -> thread.run(1, (db, changes) -> 1).block())
        .withMessage("more is to be spooled than the disk takes in time");

    gate.complete(null);
    assertThat(thread.run((db, changes) -> 1).block()).isEqualTo(1);
    assertThat(thread.run(1, (db, changes) -> 1).block()).isEqualTo(1);
  }

  @Test
  void whatIsQueuedIsDoneBeforeTheEnd() {
    hold();
    CompletableFuture<Integer> queued = thread.run((db, changes) -> 1).toFuture();
    CompletableFuture<Void> closed = CompletableFuture.runAsync(thread::close);

    gate.complete(null);

    closed.join();
    assertThat(queued.join()).isEqualTo(1);
    assertThatExceptionOfType(SpoolException.class)
        .isThrownBy(() -> thread.run((db, changes) -> 1).block())
        .withMessage("the spool is closed");
  }

  @Test
  void aDamagedFileIsReportedUntilTheNextStart() {
    assertThatExceptionOfType(SpoolException.class)
        .isThrownBy(() ->
            thread
                .run((db, changes) -> {
                  throw new SQLException("malformed", null, 11);
                })
                .block());

    assertThat(thread.failure())
        .isEqualTo("the spool is damaged (malformed); the next start sets it aside");
  }
}
