package com.astrobookings.logs.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanTests {
  @TempDir private Path folder;
  private Process process;

  @BeforeEach
  void startAProcessThatEndsWithItsInput() throws IOException {
    process = new ProcessBuilder("cat").start();
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void isAwaited() throws IOException {
    Orphan.record(folder, process.toHandle());
    process.getOutputStream().close();
    Orphan.awaitEnd(folder, Duration.ofMinutes(1));
    assertThat(process.onExit()).succeedsWithin(Duration.ofMinutes(1));
    assertThat(process.exitValue()).as("0 if nobody ended it by force").isZero();
  }

  @Test
  void isEndedByForceWhenItStays() throws IOException {
    Orphan.record(folder, process.toHandle());
    Orphan.awaitEnd(folder, Duration.ZERO);
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void isNotMistakenForAnotherProcessWithItsNumber() throws IOException {
    Files.writeString(folder.resolve("node.pid"), process.pid() + " 2001-01-01T00:00:00Z");
    Orphan.awaitEnd(folder, Duration.ZERO);
    assertThat(process.isAlive()).isTrue();
  }

  @Test
  void isAbsentAtFirst() throws IOException {
    Orphan.awaitEnd(folder, Duration.ZERO);
    assertThat(process.isAlive()).isTrue();
  }
}
