package com.astrobookings.logs.documentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command of a page, and the answer that the page shows below it: what follows {@code $} in a
 * console block.
 *
 * @param page where it stands
 * @param text one shell command, of one line or more
 * @param answer the JSON it prints; empty if the page does not show it
 */
record DocumentedCommand(Path page, String text, String answer) {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\n(.*?)^```$");
  private static final Pattern PROMPT = Pattern.compile("(?m)^\\$ ");

  /** Returns all commands of these pages, in the order of the text. */
  static List<DocumentedCommand> of(Path... pages) {
    List<DocumentedCommand> commands = new ArrayList<>();
    for (Path page : pages) {
      BLOCK
          .matcher(Pages.text(page))
          .results()
          .flatMap(block -> parse(page, block.group(1)))
          .forEach(commands::add);
    }
    return commands;
  }

  private static Stream<DocumentedCommand> parse(Path page, String block) {
    return PROMPT
        .splitAsStream(block)
        .filter(part -> !part.isBlank())
        .map(part -> of(page, part.strip()));
  }

  /** The answer begins with the first line that opens an object. */
  private static DocumentedCommand of(Path page, String part) {
    int answer = part.indexOf("\n{");
    return answer < 0
        ? new DocumentedCommand(page, part, "")
        : new DocumentedCommand(page, part.substring(0, answer), part.substring(answer + 1));
  }

  @Override
  public String toString() {
    return page + ": " + text.lines().findFirst().orElse(text);
  }
}
