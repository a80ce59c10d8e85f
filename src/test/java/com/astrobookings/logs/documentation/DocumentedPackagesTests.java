package com.astrobookings.logs.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares what CONTRIBUTING.md says about the code with the source folder. */
class DocumentedPackagesTests {

  private static final Path MAIN = Path.of("src/main/java/com/astrobookings/logs");
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+[A-Z]\\w+)`");

  @Test
  void areAllPackages() throws IOException {
    try (Stream<Path> folders = Files.list(MAIN)) {
      assertThat(Pages.rows(Pages.CONTRIBUTING, "| package | contents | uses |"))
          .extracting(row -> row.substring(3, row.indexOf('`', 3)))
          .containsExactlyInAnyOrderElementsOf(
              folders
                  .filter(Files::isDirectory)
                  .map(folder -> folder.getFileName().toString())
                  .toList());
    }
  }

  @Test
  void classesExist() throws IOException {
    Set<String> classes;
    try (Stream<Path> files = Files.walk(MAIN)) {
      classes =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .collect(Collectors.toSet());
    }

    assertThat(CLASS.matcher(Pages.text(Pages.CONTRIBUTING)).results())
        .hasSizeGreaterThan(10)
        .extracting(name -> name.group(1))
        .isSubsetOf(classes);
  }
}
