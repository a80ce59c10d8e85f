package com.astrobookings.logs.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the tables of members and fields with the declared members and the mapping. */
class DocumentedMembersTests {

  /** The mapping of every index; another test compares it with what the service creates. */
  private static final Path MAPPING = Path.of("src/test/resources/elastic/mapping.json");

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @Test
  void listsEveryMemberOfEveryEvent() {
    List<String> rows = Pages.rows(Pages.EVENTS, "| member | types | required | meaning |");

    assertThat(rows)
        .containsExactlyElementsOf(
            EventSchema.fields().values().stream().map(DocumentedMembersTests::row).toList());
  }

  @Test
  void theReadmeListsTheMembersOfEachType() {
    List<Set<String>> rows =
        Pages.rows(Pages.README, "| type | required | optional |").stream()
            .map(DocumentedMembersTests::names)
            .toList();

    assertThat(rows).hasSize(1 + EventType.values().length);
    assertThat(rows.getFirst()).containsExactlyInAnyOrderElementsOf(commonMembers());
    assertThat(rows.subList(1, rows.size()))
        .containsExactlyElementsOf(
            Arrays.stream(EventType.values()).map(DocumentedMembersTests::typeAndMembers).toList());
  }

  @Test
  void listsEveryFieldOfTheDocumentsWithItsType() throws IOException {
    JsonNode fields = JsonMapper.shared().readTree(Files.readString(MAPPING)).path("properties");

    assertThat(Pages.rows(Pages.EVENTS, "| field | type | from |"))
        .extracting(row -> row.substring(0, row.lastIndexOf('|', row.length() - 2)).strip())
        .containsExactlyInAnyOrderElementsOf(
            fields
                .propertyStream()
                .map(field -> "| `%s` | %s".formatted(field.getKey(), type(field.getValue())))
                .toList());
  }

  private static String type(JsonNode mapping) {
    String type = mapping.path("type").asString();
    return mapping.has("normalizer") ? type + ", " + mapping.path("normalizer").asString() : type;
  }

  private static Set<String> commonMembers() {
    return EventSchema.fields().values().stream()
        .filter(
            field -> Arrays.stream(EventType.values()).noneMatch(t -> t.fields().contains(field)))
        .map(Field::name)
        .collect(Collectors.toSet());
  }

  private static Set<String> typeAndMembers(EventType type) {
    return Stream.concat(Stream.of(type.name()), type.fields().stream().map(Field::name))
        .collect(Collectors.toSet());
  }

  private static Set<String> names(String row) {
    return CODE.matcher(row).results().map(name -> name.group(1)).collect(Collectors.toSet());
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
}
