package com.astrobookings.logs.spool;

import static com.astrobookings.logs.spool.Spools.MARCH;
import static com.astrobookings.logs.spool.Spools.RESERVE;
import static com.astrobookings.logs.spool.Spools.append;
import static com.astrobookings.logs.spool.Spools.entries;
import static com.astrobookings.logs.spool.Spools.fill;
import static com.astrobookings.logs.spool.Spools.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.astrobookings.logs.spool.Appended.Accepted;
import com.astrobookings.logs.spool.Appended.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a spool takes on disk, and what it does when there is no more. */
class SpoolRoomTests {

  private static final long MAX_BYTES = 16L << 20;

  @TempDir Path folder;
  private SpoolFile file;
  private Spool spool;

  @BeforeEach
  void open() throws Exception {
    SpoolFolder locked = SpoolFolder.open(folder.resolve("spool"));
    file = SpoolFile.open(locked.database(), SpoolFile.Synchronous.FULL);
    spool = new Spool(locked, file, new SpoolLimits(MAX_BYTES, RESERVE));
  }

  @AfterEach
  void close() {
    spool.close();
  }

  @Test
  void aFullSpoolRefusesAndTakesEntriesAgainWhenSomeAreDelivered() throws IOException {
    int accepted = fill(spool, 10_000);

    assertThat(refusal(append(spool, entries(-1, 0, 10_000)))).startsWith("the spool is full");
    assertThat(refusal(spool.status().block())).startsWith("the spool is full");
    assertThat(spool.state().total()).isEqualTo(accepted);
    assertThat(accepted * 10_000L).isBetween(MAX_BYTES / 2, MAX_BYTES);
    assertThat(sizeOnDisk()).isLessThanOrEqualTo(MAX_BYTES);

    spool.acknowledge(read(spool, MARCH, 0).subList(0, accepted / 2)).block();

    assertThat(append(spool, entries(-10, 0, 10_000))).containsOnly(new Accepted());
    assertThat(refusal(spool.status().block())).isEqualTo("null");
  }

  @Test
  void anEmptySpoolGivesTheDiskBack() throws IOException {
    fill(spool, 10_000);

    spool.acknowledge(read(spool, MARCH, 0)).block();

    assertThat(sizeOnDisk()).isLessThan(100_000);
    assertThat(spool.state().bytes()).isLessThan(100_000);
    assertThat(append(spool, entries(0, 10, 10_000))).containsOnly(new Accepted());
  }

  @Test
  void theLogStaysBoundedDuringALongDrain() {
    long largest = 0;
    int appended = 0;
    for (int round = 0; round < 40; round++) {
      append(spool, entries(appended, appended + 50, 10_000));
      append(spool, entries(appended + 50, appended + 100, 10_000));
      appended += 100;
      spool.acknowledge(spool.read(MARCH, 0, 90, Long.MAX_VALUE).block()).block();
      largest = Math.max(largest, Files.exists(log()) ? log().toFile().length() : 0);
    }

    assertThat(appended * 10_000L).isGreaterThan(2 * MAX_BYTES);
    assertThat(largest).isBetween(100_000L, 8L << 20);
  }

  @Test
  void aDiskWithoutReserveRefuses() throws Exception {
    long free = Files.getFileStore(folder).getUsableSpace();
    try (Spool other = Spool.open(folder.resolve("other"), MAX_BYTES, free * 2)) {
      assertThat(refusal(append(other, entries(0, 1, 10))))
          .startsWith("the disk of the spool has less free space than logs.spool.reserve");
      assertThat(other.state().total()).isZero();
    }
  }

  @Test
  void whatCannotBeDeletedIsNotReadAgainAndIsDeletedLater() throws Exception {
    append(spool, entries(0, 4, 10));
    List<WaitingEntry> all = read(spool, MARCH, 0);
    writable(false);

    spool.acknowledge(all.subList(0, 1)).block();
    spool.acknowledge(all.subList(2, 3)).block();

    assertThat(Spools.keys(read(spool, MARCH, 0))).containsExactly("k1", "k3");
    assertThat(spool.state().total()).isEqualTo(2);
    assertThat(refusal(append(spool, entries(9, 10, 10))))
        .startsWith("the disk of the spool fails");

    writable(true);
    append(spool, entries(9, 10, 10));

    assertThat(spool.state().total()).isEqualTo(3);
    spool.close();
    open();
    assertThat(Spools.keys(read(spool, MARCH, 0))).containsExactly("k1", "k3", "k9");
  }

  @Test
  void aSpoolWhoseFileWasRemovedRefuses() throws IOException {
    append(spool, entries(0, 1, 10));
    Files.delete(folder.resolve("spool").resolve("spool.db"));

    assertThat(refusal(append(spool, entries(1, 2, 10)))).contains("was removed while");
  }

  private void writable(boolean writable) throws SQLException {
    file.statement("PRAGMA query_only = " + (writable ? "OFF" : "ON")).execute();
  }

  private static String refusal(SpoolStatus status) {
    return String.valueOf(status.refusal());
  }

  private static String refusal(List<Appended> results) {
    assertThat(results).allMatch(Refused.class::isInstance).isNotEmpty();
    return assertThat(((Refused) results.getFirst()).reason()).asInstanceOf(STRING).actual();
  }

  private Path log() {
    return folder.resolve("spool").resolve("spool.db-wal");
  }

  private long sizeOnDisk() throws IOException {
    return Files.size(folder.resolve("spool").resolve("spool.db"))
        + (Files.exists(log()) ? Files.size(log()) : 0);
  }
}
