package com.astrobookings.logs.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reads the README and the Markdown pages of {@code src/docs}. */
public final class Pages {

  /** The folder of all pages but the README. */
  static final Path FOLDER = Path.of("src/docs");

  static final Path README = Path.of("README.md");
  static final Path CONTRIBUTING = Path.of(".github/CONTRIBUTING.md");
  static final Path EVENTS = FOLDER.resolve("events.md");
  static final Path QUERY = FOLDER.resolve("query.md");
  static final Path CONFIGURATION = FOLDER.resolve("configuration.md");
  static final Path SECURITY = FOLDER.resolve("security.md");
  static final Path OPERATIONS = FOLDER.resolve("operations.md");

  private Pages() {}

  /** Returns the README, the pages of {@code .github} and every page below {@code src/docs}. */
  static List<Path> all() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return Stream.concat(
              Stream.of(README, CONTRIBUTING, Path.of(".github/SECURITY.md")),
              files
                  .filter(file -> file.toString().endsWith(".md"))
                  .sorted(Comparator.comparing(Path::toString)))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns the text of a page. */
  static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Returns the rows of a table, without its header.
   *
   * @param page name of a page below {@code src/docs}, or {@code README.md}
   * @param header the whole header line of the table
   */
  public static List<String> rows(String page, String header) {
    return rows(page.equals("README.md") ? README : FOLDER.resolve(page), header);
  }

  /** Returns the rows of the table with this header line, without the header. */
  static List<String> rows(Path page, String header) {
    return text(page)
        .lines()
        .dropWhile(line -> !line.equals(header))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .toList();
  }
}
