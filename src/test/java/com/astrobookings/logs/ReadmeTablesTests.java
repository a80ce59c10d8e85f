package com.astrobookings.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of the README say what the code says. */
class ReadmeTablesTests {

  @Test
  void listsEveryMemberOfEveryEvent() throws IOException {
    List<String> rows = table("| member | types | required | meaning |");

    assertThat(rows)
        .containsExactlyElementsOf(
            EventSchema.fields().values().stream().map(ReadmeTablesTests::row).toList());
  }

  private static String row(Field<?> field) {
    String owners =
        Arrays.stream(EventType.values())
            .filter(type -> type.fields().contains(field))
            .map(Enum::name)
            .collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s |"
        .formatted(
            field.name(),
            owners.isEmpty() ? "all" : owners,
            field.required() ? "yes" : "no",
            field.description());
  }

  private static List<String> table(String header) throws IOException {
    return Files.readAllLines(Path.of("README.md")).stream()
        .dropWhile(line -> !line.equals(header))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .toList();
  }
}
