package com.astrobookings.logs.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.local.TestNode;
import com.astrobookings.logs.paging.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the commands of the README and the pages in their order against a service that starts empty,
 * and compares what they print.
 */
class DocumentedCommandsIT {

  /** Named by text, because it is package-private. */
  private static final String APPLICATION = "com.astrobookings.logs.LogsApplication";

  private static final JsonMapper JSON = new JsonMapper();
  private static final String ANYTHING = "…";

  private static TestNode node;
  private static ConfigurableApplicationContext service;

  @BeforeAll
  static void start() {
    node = TestNode.start("readme");
    service =
        new SpringApplicationBuilder(ClassUtils.resolveClassName(APPLICATION, null))
            .initializers(Service::keepThreadsApart)
            .run("--server.port=0", "--spring.elasticsearch.uris=" + node.uri());
  }

  @AfterAll
  static void stop() {
    service.close();
    node.close();
  }

  @Test
  void printWhatThePagesSay() throws Exception {
    List<DocumentedCommand> commands =
        DocumentedCommand.of(Pages.README, Pages.EVENTS, Pages.QUERY, Pages.OPERATIONS);

    assertThat(commands).hasSizeGreaterThan(4);
    for (DocumentedCommand command : commands) {
      refresh();
      String printed = run(command.text());
      if (!command.answer().isEmpty()) {
        JsonNode expected = JSON.readTree(command.answer());
        assertThat(same(expected, JSON.readTree(printed)))
            .as("%s%nprints%n%s%nbut the page says%n%s", command, printed, command.answer())
            .isTrue();
      }
    }
  }

  @Test
  void thePageOfQueriesNamesEveryParameter() throws Exception {
    String detail =
        JSON.readTree(run("curl -s 'localhost:8080/api/v1/logs?nonsense=1'"))
            .get("detail")
            .asString();
    String known = detail.substring(detail.lastIndexOf(" are ") + 5, detail.length() - 1);
    String names =
        Pages.rows(Pages.QUERY, "| parameter | selects |").stream()
            .map(line -> line.split("\\|", 3)[1])
            .collect(Collectors.joining());

    assertThat(Pattern.compile("`([^`]+)`").matcher(names).results().map(name -> name.group(1)))
        .containsExactlyInAnyOrder(known.split(", "));
  }

  /** The reader is slower than the second after which searches see an event. */
  private static void refresh() throws Exception {
    run("curl -s -XPOST " + node.uri() + "/astrobookings-events-*/_refresh");
  }

  private static String run(String command) throws IOException, InterruptedException {
    String port = service.getEnvironment().getRequiredProperty("local.server.port");
    Process shell =
        new ProcessBuilder("sh", "-c", command.replace("localhost:8080", "localhost:" + port))
            .redirectErrorStream(true)
            .start();
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
    assertThat(shell.exitValue()).as(printed).isZero();
    return printed;
  }

  /** Compares all but the values that the page replaces by an ellipsis. */
  private static boolean same(JsonNode expected, JsonNode actual) {
    if (expected.isString() && expected.asString().equals(ANYTHING)) {
      return !actual.isMissingNode();
    }
    if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
      for (int i = 0; i < expected.size(); i++) {
        if (!same(expected.get(i), actual.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (expected.isObject() && actual.isObject() && expected.size() == actual.size()) {
      return expected
          .propertyStream()
          .allMatch(member -> same(member.getValue(), actual.path(member.getKey())));
    }
    return expected.equals(actual);
  }
}
