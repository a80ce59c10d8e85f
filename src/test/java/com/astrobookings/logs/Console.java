package com.astrobookings.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a reader types and sees: a command that follows {@code $} in a console block of the README,
 * and the answer below it.
 *
 * @param command one shell command, of one line or more
 * @param answer what it prints; empty if the README does not say
 */
record Console(String command, String answer) {

  private static final Path README = Path.of("README.md");

  /** All commands in the order of the text. */
  static List<Console> all() {
    try {
      List<Console> commands = new ArrayList<>();
      List<String> block = null;
      for (String line : Files.readAllLines(README)) {
        if (line.equals("```console")) {
          block = new ArrayList<>();
        } else if (block != null && line.equals("```")) {
          addAll(block, commands);
          block = null;
        } else if (block != null) {
          block.add(line);
        }
      }
      return commands;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addAll(List<String> block, List<Console> commands) {
    Pattern.compile("(?m)^\\$ ")
        .splitAsStream(String.join("\n", block))
        .filter(part -> !part.isBlank())
        .map(Console::of)
        .forEach(commands::add);
  }

  /** The answer begins with the first line that opens an object. */
  private static Console of(String part) {
    int answer = part.indexOf("\n{");
    return answer < 0
        ? new Console(part.strip(), "")
        : new Console(part.substring(0, answer), part.substring(answer + 1).strip());
  }

  @Override
  public String toString() {
    return command.lines().findFirst().orElse(command);
  }
}
