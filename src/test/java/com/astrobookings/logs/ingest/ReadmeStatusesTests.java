package com.astrobookings.logs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README explains every status that an event can get. */
class ReadmeStatusesTests {

  @Test
  void areAllExplained() throws IOException {
    List<String> explained =
        Files.readAllLines(Path.of("README.md")).stream()
            .dropWhile(line -> !line.equals("| status | the event | what to do |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .toList();

    assertThat(explained)
        .containsExactlyElementsOf(
            Arrays.stream(ItemStatus.values()).map(ItemStatus::label).toList());
  }
}
