package com.astrobookings.logs.spool;

import static com.astrobookings.logs.spool.Spools.MARCH;
import static com.astrobookings.logs.spool.Spools.append;
import static com.astrobookings.logs.spool.Spools.entries;
import static com.astrobookings.logs.spool.Spools.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.astrobookings.logs.spool.Appended.Accepted;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

@ExtendWith(OutputCaptureExtension.class)
class SpoolOpeningTests {

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void spoolWithEntries() {
    folder = temp.resolve("spool");
    try (Spool spool = Spools.open(folder)) {
      append(spool, entries(0, 1000, 1000));
    }
  }

  @Test
  void theFolderIsForItsOwnerAlone() throws IOException {
    assumeTrue(temp.getFileSystem().supportedFileAttributeViews().contains("posix"));

    assertThat(Files.getPosixFilePermissions(folder))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void twoServicesNeverShareAFolder() {
    try (Spool first = Spools.open(folder)) {
      assertThatExceptionOfType(SpoolException.class)
          .isThrownBy(() -> Spools.open(folder))
          .withMessage(
              "Another service (process %d) already uses the spool in %s.",
              ProcessHandle.current().pid(), folder)
          .satisfies(refusal -> assertThat(refusal.remedy()).contains("logs.spool.directory"));

      assertThat(append(first, entries(1000, 1001, 1))).containsExactly(new Accepted());
    }
    Spools.open(folder).close();
  }

  @Test
  void aFolderThatCannotBeUsedIsRefusedWithARemedy() throws IOException {
    Path inTheWay = Files.createFile(temp.resolve("file"));

    assertThatExceptionOfType(SpoolException.class)
        .isThrownBy(() -> Spools.open(inTheWay.resolve("spool")))
        .withMessageContaining(inTheWay.toString())
        .satisfies(refusal -> assertThat(refusal.remedy()).contains("logs.spool.enabled=false"));
  }

  @Test
  void aFileThatIsNoDatabaseIsSetAside(CapturedOutput output) throws IOException {
    Files.writeString(database(), "x".repeat(10_000));

    assertThatANewSpoolTakesItsPlace(output);

    assertThat(folder.resolve("damaged-1").resolve("spool.db")).hasContent("x".repeat(10_000));
  }

  @Test
  void aDatabaseThatWasCutOffIsSetAside(CapturedOutput output) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(database().toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }

    assertThatANewSpoolTakesItsPlace(output);
  }

  @Test
  void aDatabaseWithAPageOfOtherBytesIsSetAside(CapturedOutput output) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(database().toFile(), "rw")) {
      file.seek(2 * 4096);
      file.write(new byte[4096]);
    }

    assertThatANewSpoolTakesItsPlace(output);
  }

  private void assertThatANewSpoolTakesItsPlace(CapturedOutput output) {
    try (Spool spool = Spools.open(folder)) {
      assertThat(spool.state().total()).isZero();
      assertThat(append(spool, entries(0, 1, 10))).containsExactly(new Accepted());
      assertThat(spool.status().block().damaged()).containsExactly(folder.resolve("damaged-1"));
    }
    assertThat(output)
        .contains("is damaged (")
        .contains("It was moved to " + folder.resolve("damaged-1"));
    try (Spool again = Spools.open(folder)) {
      assertThat(read(again, MARCH, 0)).hasSize(1);
      assertThat(again.status().block().damaged()).containsExactly(folder.resolve("damaged-1"));
    }
  }

  @Test
  void asManyFilesAsNeededAreSetAside() throws IOException {
    for (int time = 0; time < 2; time++) {
      Files.writeString(database(), "no database");
      Spools.open(folder).close();
    }

    assertThat(folder.resolve("damaged-2").resolve("spool.db")).hasContent("no database");
  }

  @Test
  void anEmptyFileIsANewSpool() throws IOException {
    Files.write(database(), new byte[0]);

    try (Spool spool = Spools.open(folder)) {
      assertThat(spool.status().block().damaged()).isEmpty();
    }
  }

  @Test
  void theEndOfALogThatWasNotWrittenWholeIsLeftOut() throws Exception {
    Path copy = Files.createDirectory(temp.resolve("copy"));
    try (Spool spool = Spools.open(folder)) {
      append(spool, entries(1000, 1001, 10));
      append(spool, entries(1001, 1002, 10));
      Files.copy(database(), copy.resolve("spool.db"));
      Files.copy(folder.resolve("spool.db-wal"), copy.resolve("spool.db-wal"));
    }
    try (RandomAccessFile log = new RandomAccessFile(copy.resolve("spool.db-wal").toFile(), "rw")) {
      log.setLength(log.length() - 100);
    }

    try (Spool spool = Spools.open(copy)) {
      assertThat(spool.state().total()).isEqualTo(1001);
    }
  }

  @Test
  void aSpoolOfANewerServiceIsLeftAlone() throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 2");
    }

    assertThatExceptionOfType(SpoolException.class)
        .isThrownBy(() -> Spools.open(folder))
        .withMessageContaining("newer version");
    assertThat(folder.resolve("damaged-1")).doesNotExist();
  }

  @Test
  void aFolderInMemoryIsUsedWithAWarning(CapturedOutput output) throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(memory), "there is no /dev/shm");
    Path inMemory = Files.createTempDirectory(memory, "spool");
    try (Spool spool = Spools.open(inMemory)) {
      assertThat(spool.status().block().temporary()).isTrue();
    } finally {
      FileSystemUtils.deleteRecursively(inMemory);
    }

    assertThat(output)
        .contains("The spool folder " + inMemory + " lies on a temporary file system");
  }

  private Path database() {
    return folder.resolve("spool.db");
  }
}
