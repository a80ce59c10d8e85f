package com.astrobookings.logs.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.web.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the tables of security.md with the scopes and with the role in Elasticsearch. */
class DocumentedScopesTests {

  private static final Path ROLE = Path.of("src/main/docker/elasticsearch-privileges.json");
  private static final Pattern FIRST_NAME = Pattern.compile("^\\| (?:cluster )?`([^`]+)`");

  @Test
  void areAllScopes() {
    assertThat(names("| scope | allows |"))
        .containsExactlyElementsOf(Arrays.stream(Scope.values()).map(Scope::text).toList());
  }

  @Test
  void privilegesAreThoseOfTheRole() throws Exception {
    JsonNode role = JsonMapper.shared().readTree(Files.readString(ROLE)).path("astrobookings-logs");

    assertThat(names("| privilege | used for |"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    role.path("cluster").valueStream(),
                    role.at("/indices/0/privileges").valueStream())
                .map(JsonNode::asString)
                .toList());
  }

  private static List<String> names(String header) {
    return Pages.rows(Pages.SECURITY, header).stream()
        .map(row ->
            FIRST_NAME.matcher(row).results().map(name -> name.group(1)).findFirst().orElseThrow())
        .toList();
  }
}
