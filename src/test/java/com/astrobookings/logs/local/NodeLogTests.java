package com.astrobookings.logs.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLogTests {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("node.log");
  }

  @Test
  void continuesTheFileOfAnEarlierNode() throws IOException {
    append(new NodeLog(file), "first");
    append(new NodeLog(file), "second");
    assertThat(file).hasContent("first\nsecond");
  }

  @Test
  void keepsTwoFilesOfBoundedSize() throws IOException {
    append(new NodeLog(file, 100), lines(1, 1000));
    assertThat(folder).isDirectoryContaining("glob:**node.log.1");
    assertThat(Files.size(file)).isLessThan(110);
    assertThat(Files.size(folder.resolve("node.log.1"))).isBetween(100L, 110L);
    assertThat(Files.readString(file)).endsWith("line 1000\n");
  }

  @Test
  void countsWhatAnEarlierNodeHasWritten() throws IOException {
    append(new NodeLog(file, 100), lines(1, 9));
    append(new NodeLog(file, 100), lines(10, 16));
    assertThat(folder.resolve("node.log.1")).exists();
  }

  @Test
  void remembersTheLastTwentyLines() {
    NodeLog log = new NodeLog(file);
    append(log, lines(1, 25));
    assertThat(log.lastLines()).hasSize(20).startsWith("line 6").endsWith("line 25");
  }

  @Test
  void remembersAnErrorAndNotItsLongStack() {
    NodeLog log = new NodeLog(file);
    append(log, "java.lang.StackOverflowError", "\tat a.B.c(B.java:1)", "after");
    assertThat(log.lastLines()).containsExactly("java.lang.StackOverflowError", "after");
    assertThat(file).content().contains("\tat a.B.c(B.java:1)");
  }

  @Test
  void goesOnWithoutAFile() {
    NodeLog log = new NodeLog(folder.resolve("missing").resolve("node.log"));
    append(log, "kept in memory");
    assertThat(log.lastLines()).containsExactly("kept in memory");
  }

  private static String[] lines(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> "line " + i).toArray(String[]::new);
  }

  private static void append(NodeLog log, String... lines) {
    try (log) {
      for (String line : lines) {
        log.append(line);
      }
    }
  }
}
