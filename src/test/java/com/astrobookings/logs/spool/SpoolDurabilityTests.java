package com.astrobookings.logs.spool;

import static com.astrobookings.logs.spool.Spools.MARCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.astrobookings.logs.spool.SpoolFile.Synchronous;
import com.astrobookings.logs.testing.Strace;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is accepted survives the end of the process; and that of the machine, by its fsync. */
class SpoolDurabilityTests {

  private static final int COUNT = 20;

  @TempDir Path folder;

  @Test
  void whatWasAcceptedIsThereAfterTheProcessWasKilled() throws Exception {
    Path spoolFolder = folder.resolve("spool");
    Process process =
        new ProcessBuilder(SpoolProcess.command(spoolFolder, Synchronous.FULL, 1_000_000))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> accepted = new ArrayList<>();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        accepted.add(line.substring("accepted ".length()));
        if (accepted.size() == 300) {
          // Process.destroyForcibly would also close the output, which is still being read.
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.onExit().join();

    assertThat(accepted).hasSizeGreaterThanOrEqualTo(300);
    try (Spool spool = Spools.open(spoolFolder)) {
      List<String> found = Spools.keys(Spools.read(spool, MARCH, 0));
      assertThat(found).containsAll(accepted).doesNotHaveDuplicates();
      assertThat(found.subList(0, accepted.size())).isEqualTo(accepted);
    }
  }

  @Test
  void anEntryIsAcceptedAfterTheFsyncThatCoversIt() throws Exception {
    assumeTrue(Strace.isAvailable(), "strace is not installed, or may not trace");

    List<Strace.Call> calls = traced(Synchronous.FULL);

    assertThat(Strace.count(calls, "accepted")).isEqualTo(COUNT);
    assertThat(Strace.beforeSync(calls, "spool.db-wal", "accepted")).isEmpty();
  }

  /** The test above would find it. */
  @Test
  void withoutTheFsyncEntriesAreAcceptedBeforeTheyAreOnDisk() throws Exception {
    assumeTrue(Strace.isAvailable(), "strace is not installed, or may not trace");

    List<Strace.Call> calls = traced(Synchronous.OFF);

    assertThat(Strace.beforeSync(calls, "spool.db-wal", "accepted")).hasSize(COUNT);
  }

  private List<Strace.Call> traced(Synchronous synchronous) throws Exception {
    Path output = folder.resolve("calls");
    Process process =
        new ProcessBuilder(
                Strace.command(
                    output, SpoolProcess.command(folder.resolve("spool"), synchronous, COUNT)))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.onExit().join().exitValue()).isZero();
    return Strace.read(output);
  }
}
