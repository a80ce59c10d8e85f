package com.astrobookings.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.local.TestNode;
import com.astrobookings.logs.paging.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs what the README says, in its order, against a service that starts empty. */
class ReadmeIT {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String ANYTHING = "…";

  private static TestNode node;
  private static ConfigurableApplicationContext service;

  @BeforeAll
  static void start() {
    node = TestNode.start("readme");
    service =
        new SpringApplicationBuilder(LogsApplication.class)
            .initializers(Service::keepThreadsApart)
            .run("--server.port=0", "--spring.elasticsearch.uris=" + node.uri());
  }

  @AfterAll
  static void stop() {
    service.close();
    node.close();
  }

  @Test
  void answersAsTheReadmeSays() throws Exception {
    List<Console> commands = Console.all();

    assertThat(commands).hasSizeGreaterThan(4);
    for (Console console : commands) {
      refresh();
      String printed = run(console.command());
      if (!console.answer().isEmpty()) {
        JsonNode expected = JSON.readTree(console.answer());
        assertThat(same(expected, JSON.readTree(printed)))
            .as("%s%nprints%n%s%nbut the README says%n%s", console, printed, console.answer())
            .isTrue();
      }
    }
  }

  @Test
  void namesEveryParameter() throws Exception {
    String detail =
        JSON.readTree(run("curl -s 'localhost:8080/api/v1/logs?nonsense=1'"))
            .get("detail")
            .asString();
    String known = detail.substring(detail.lastIndexOf(" are ") + 5, detail.length() - 1);
    String rows =
        Files.readAllLines(Path.of("README.md")).stream()
            .dropWhile(line -> !line.equals("| parameter | selects |"))
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.split("\\|", 3)[1])
            .collect(Collectors.joining());

    assertThat(Pattern.compile("`([^`]+)`").matcher(rows).results().map(name -> name.group(1)))
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

  /** Equal, where the README leaves nothing open. */
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
