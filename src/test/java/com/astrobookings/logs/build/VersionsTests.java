package com.astrobookings.logs.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the versions stated in other files with the properties of {@code pom.xml}. */
class VersionsTests {

  private static final String POM = read("pom.xml");
  private static final String NODE = property("elasticsearch-node.version");
  private static final String JAVA = property("java.version");

  @Test
  void composeHasTheVersionOfTheLocalNode() {
    assertThat(all("docker-compose.yml", "image: docker\\.elastic\\.co/\\S+:(\\S+)"))
        .hasSize(4)
        .containsOnly(NODE);
  }

  @Test
  void theTestsUseTheImageOfThatVersion() {
    assertThat(
            all(
                "src/test/java/com/astrobookings/logs/local/TestElasticsearch.java",
                "elasticsearch/elasticsearch:([0-9.]+)"))
        .containsExactly(NODE);
  }

  @Test
  void theReadmeStatesThem() {
    String parent =
        first(POM, "<artifactId>spring-boot-starter-parent</artifactId>\\s*<version>([^<]+)<");

    assertThat(read("README.md"))
        .contains(
            "Elasticsearch and Kibana %s, Elasticsearch client %s, Spring Boot %s, Java %s."
                .formatted(NODE, property("elasticsearch-client.version"), parent, JAVA));
  }

  @Test
  void theBaseImagesHaveTheJavaOfTheBuild() {
    assertThat(
            all(
                "src/main/docker/Dockerfile",
                "(?m)^ARG (?:BUILD|RUNTIME)_IMAGE=.*?temurin[:-](\\d+)"))
        .hasSize(2)
        .containsOnly(JAVA);
  }

  @Test
  void theImageHasTheVersionOfTheService() {
    assertThat(all("src/main/docker/Dockerfile", "image\\.version=\"([^\"]+)\""))
        .containsExactly(
            first(POM, "<artifactId>astrobookings-logs</artifactId>\\s*<version>([^<]+)<"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"build.yml", "nightly.yml"})
  void theWorkflowsUseTheJavaOfTheBuild(String workflow) {
    assertThat(all(".github/workflows/" + workflow, "java-version: (\\d+)")).containsOnly(JAVA);
  }

  private static String property(String name) {
    return first(POM, "<" + Pattern.quote(name) + ">([^<]+)<");
  }

  private static List<String> all(String file, String regex) {
    return matches(read(file), regex);
  }

  private static String first(String text, String regex) {
    return matches(text, regex).getFirst();
  }

  private static List<String> matches(String text, String regex) {
    return Pattern.compile(regex).matcher(text).results().map(VersionsTests::group).toList();
  }

  private static String group(MatchResult match) {
    return match.group(1);
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
