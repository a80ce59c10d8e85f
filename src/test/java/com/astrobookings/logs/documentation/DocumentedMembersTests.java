package com.astrobookings.logs.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares the table of members in events.md with the declared members of events. */
class DocumentedMembersTests {

  @Test
  void listsEveryMemberOfEveryEvent() {
    List<String> rows = Pages.rows(Pages.EVENTS, "| member | types | required | meaning |");

    assertThat(rows)
        .containsExactlyElementsOf(
            EventSchema.fields().values().stream().map(DocumentedMembersTests::row).toList());
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
