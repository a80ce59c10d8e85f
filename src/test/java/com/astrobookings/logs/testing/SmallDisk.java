package com.astrobookings.logs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A small file system in memory, which others can fill. Only root can mount one. */
public final class SmallDisk implements AutoCloseable {

  private static final int BLOCK_SIZE = 4096;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts an empty one over {@code folder}; empty if that is not allowed here. */
  public static Optional<SmallDisk> mount(Path folder, int megabytes) throws IOException {
    Files.createDirectories(folder);
    String size = "size=" + megabytes + "m";
    return run("mount", "-t", "tmpfs", "-o", size, "none", folder.toString())
        ? Optional.of(new SmallDisk(folder))
        : Optional.empty();
  }

  public Path folder() {
    return folder;
  }

  /** Takes all free space, to the last byte. */
  public void fill() throws IOException {
    try (var out = Files.newOutputStream(others())) {
      while (true) {
        out.write(new byte[BLOCK_SIZE]);
      }
    } catch (IOException full) {
      assertThat(Files.getFileStore(folder).getUsableSpace()).isLessThan(BLOCK_SIZE);
    }
  }

  /** Gives back what {@link #fill} has taken. */
  public void free() throws IOException {
    Files.delete(others());
  }

  private Path others() {
    return folder.resolve("others");
  }

  /** Unmounts it, also while files of it are in use. */
  @Override
  public void close() {
    assertThat(run("umount", "-l", folder.toString())).isTrue();
  }

  private static boolean run(String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
