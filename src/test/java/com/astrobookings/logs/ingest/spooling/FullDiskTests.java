package com.astrobookings.logs.ingest.spooling;

import static com.astrobookings.logs.ingest.spooling.Spooling.AUGUST;
import static com.astrobookings.logs.ingest.spooling.Spooling.JULY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Spooled;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spool on a disk that is full: a small file system in memory, which root can mount. */
class FullDiskTests {

  private static final int DISK_MEGABYTES = 20;

  @TempDir Path temp;
  private Path disk;
  private boolean mounted;
  private Spooling spooling;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(temp.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MEGABYTES + "m", "none", disk);
    assumeTrue(mounted, "a file system can be mounted only by root");
    spooling = new Spooling(disk.resolve("spool"));
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      if (spooling != null) {
        spooling.close();
      }
      // The driver may have unpacked its library there, which stays in use.
      assertThat(run("umount", "-l", disk)).isTrue();
    }
  }

  private static boolean run(Object... command) throws Exception {
    List<String> words = new ArrayList<>();
    for (Object word : command) {
      words.add(word.toString());
    }
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  @Test
  void refusesBeforeTheDiskIsFullAndIsEmptiedWithoutHelp() {
    spooling.store.goDown("connection refused");
    List<WriteOutcome> outcomes = fill();

    assertThat(outcomes.getLast())
        .isInstanceOfSatisfying(
            Unavailable.class,
            refused ->
                assertThat(refused.reason())
                    .startsWith("the disk of the spool has less free space than"));
    spooling.store.comeBack();
    spooling.drain();

    assertThat((long) spooling.store.events().size())
        .isEqualTo(outcomes.stream().filter(Spooled.class::isInstance).count());
    assertThat(spooling.write(spooling.events.next(AUGUST))).containsExactly(new Stored());
  }

  @Test
  void isDrainedAlsoWhileOthersHaveFilledTheDiskSoThatNothingCanBeDeleted() throws IOException {
    spooling.store.goDown("connection refused");
    assertThat(spooling.write(spooling.some(JULY, 2_000))).containsOnly(new Spooled());
    Path others = fillWithOthers();
    assertThat(spooling.write(spooling.events.next(JULY)).getFirst())
        .isInstanceOf(Unavailable.class);

    spooling.store.comeBack();
    spooling.drain();
    assertThat(spooling.store.events()).hasSize(2_000);

    Files.delete(others);
    spooling.drainer.stop();
    spooling.store.goDown("connection refused");
    assertThat(spooling.write(spooling.some(AUGUST, 2))).containsOnly(new Spooled());
    assertThat(spooling.spool.state().total()).isEqualTo(2);
    spooling.spool.close();
    spooling = new Spooling(disk.resolve("spool"));
    assertThat(spooling.spool.state().total()).isEqualTo(2);
  }

  private List<WriteOutcome> fill() {
    List<WriteOutcome> outcomes = new ArrayList<>();
    do {
      outcomes.addAll(spooling.write(spooling.some(JULY, 200)));
    } while (outcomes.getLast() instanceof Spooled);
    return outcomes;
  }

  /** Takes all free space, to the last byte. */
  private Path fillWithOthers() throws IOException {
    Path others = disk.resolve("others");
    try (var out = Files.newOutputStream(others)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(Files.getFileStore(disk).getUsableSpace()).isLessThan(4096);
      return others;
    }
  }
}
