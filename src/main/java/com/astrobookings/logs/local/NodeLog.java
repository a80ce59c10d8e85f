package com.astrobookings.logs.local;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the output of a node to a file that is rotated once, each of at most {@value #MAX_CHARS}
 * characters, and keeps the last lines in memory. Safe for use by several threads. An error of the
 * file is ignored: it must not stop the node.
 */
final class NodeLog implements AutoCloseable {
  private static final long MAX_CHARS = 10L << 20;
  private static final int LAST_LINES = 20;

  private final Path file;
  private final long maxChars;
  private final Deque<String> last = new ArrayDeque<>();
  private @Nullable Writer writer;
  private long chars;

  NodeLog(Path file) {
    this(file, MAX_CHARS);
  }

  NodeLog(Path file, long maxChars) {
    this.file = file;
    this.maxChars = maxChars;
  }

  Path file() {
    return file;
  }

  synchronized void append(String line) {
    remember(line);
    try {
      write(line);
    } catch (IOException unwritable) {
      close();
    }
  }

  /** The last lines, oldest first, without the frames of stack traces. */
  synchronized List<String> lastLines() {
    return List.copyOf(last);
  }

  @Override
  public synchronized void close() {
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException unwritable) {
        // Only log lines are lost.
      }
      writer = null;
    }
  }

  private void remember(String line) {
    if (line.startsWith("\tat ")) {
      return;
    }
    if (last.size() == LAST_LINES) {
      last.removeFirst();
    }
    last.addLast(line);
  }

  private void write(String line) throws IOException {
    if (writer == null) {
      writer = open();
    }
    writer.write(line + System.lineSeparator());
    writer.flush();
    chars += line.length() + 1L;
    if (chars >= maxChars) {
      close();
      Files.move(file, Path.of(file + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Writer open() throws IOException {
    chars = size();
    return Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private long size() throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException fresh) {
      return 0;
    }
  }
}
