package com.astrobookings.logs.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTests {
  @TempDir private Path cache;
  @TempDir private Path lib;
  private Path jar;
  private Path launcher;

  @BeforeEach
  void writeAJar() throws IOException {
    jar = Files.writeString(lib.resolve("a.jar"), "a");
    launcher = Files.writeString(cache.resolve("launcher.jar"), "main");
  }

  @Test
  void keepsItsNameWithTheSameJars() throws IOException {
    Path archive = Files.createFile(ClassArchive.in(cache, lib, launcher));
    assertThat(ClassArchive.in(cache, lib, launcher)).isEqualTo(archive).exists();
  }

  @Test
  void givesWayToOneForOtherJars() throws IOException {
    Path first = Files.createFile(ClassArchive.in(cache, lib, launcher));
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    Path second = Files.createFile(ClassArchive.in(cache, lib, launcher));
    Files.writeString(lib.resolve("b.jar"), "b");
    Path third = Files.createFile(ClassArchive.in(cache, lib, launcher));
    Files.writeString(launcher, "changed");
    Path fourth = ClassArchive.in(cache, lib, launcher);
    assertThat(Set.of(first, second, third, fourth)).hasSize(4);
    assertThat(cache).isDirectoryNotContaining("glob:**.jsa");
  }

  @Test
  void leavesOtherFilesAlone() throws IOException {
    ClassArchive.in(cache, lib, launcher);
    assertThat(launcher).exists();
  }
}
