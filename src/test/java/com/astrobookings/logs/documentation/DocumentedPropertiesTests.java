package com.astrobookings.logs.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the table of properties in configuration.md with the configuration metadata. */
class DocumentedPropertiesTests {

  private static final Pattern ROW =
      Pattern.compile("\\| `([^`|]+)` \\| `([^`|]+)` \\| ([^|]+) \\| [^|]+ \\|");

  private static final Pattern CODE = Pattern.compile("`([^`]*)`.*");

  private static final Pattern LIST_OF_OURS =
      Pattern.compile("java\\.util\\.List<(com\\.astrobookings\\..+)>");

  /**
   * A row of the table.
   *
   * @param standard what it is if nothing is configured, as the column has it
   */
  private record Row(String name, String variable, String standard) {
    boolean isOurs() {
      return name.startsWith("logs.");
    }

    /** The value in the column; empty if it has words alone. */
    String value() {
      Matcher code = CODE.matcher(standard);
      return code.matches() ? code.group(1) : "";
    }
  }

  @Test
  void namesExactlyThePropertiesThatThereAre() throws Exception {
    Set<String> ours = new TreeSet<>();
    metadata()
        .forEach((name, property) -> {
          if (name.startsWith("logs.")) {
            Matcher list = LIST_OF_OURS.matcher(property.path("type").asString());
            if (list.matches()) {
              elements(list.group(1)).forEach(member -> ours.add(name + "[0]." + member));
            } else {
              ours.add(name);
            }
          }
        });

    assertThat(ours).hasSizeGreaterThan(25);
    assertThat(rows().stream().filter(Row::isOurs).map(Row::name))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(ours);
  }

  @Test
  void namesNoPropertyOfTheFrameworkThatItDoesNotHave() throws Exception {
    assertThat(rows().stream().filter(row -> !row.isOurs()).map(Row::name))
        .isNotEmpty()
        .isSubsetOf(metadata().keySet());
  }

  @Test
  void namesTheVariableThatSpringReads() throws Exception {
    for (Row row : rows()) {
      assertThat(row.variable())
          .isEqualTo(
              row.name()
                  .replaceAll("-|\\]", "")
                  .replaceAll("[.\\[]", "_")
                  .toUpperCase(Locale.ROOT));
      ConfigurationPropertySource variables =
          ConfigurationPropertySources.from(
                  new SystemEnvironmentPropertySource(
                      "systemEnvironment", Map.of(row.variable(), "value")))
              .iterator()
              .next();
      assertThat(variables.getConfigurationProperty(ConfigurationPropertyName.of(row.name())))
          .as("%s from %s", row.name(), row.variable())
          .isNotNull();
    }
  }

  @Test
  void statesTheDefaults() throws Exception {
    Map<String, JsonNode> metadata = metadata();
    PropertySource<?> configured =
        new YamlPropertySourceLoader()
            .load("ours", new ClassPathResource("application.yaml"))
            .getFirst();
    for (Row row : rows()) {
      Object expected =
          row.isOurs()
              ? metadata.getOrDefault(row.name(), none()).path("defaultValue").asString("")
              : String.valueOf(configured.getProperty(row.name())).replace("null", "");

      assertThat(row.value()).as("default of %s", row.name()).isEqualTo(expected);
    }
  }

  private static JsonNode none() {
    return JsonMapper.shared().createObjectNode();
  }

  private static List<Row> rows() {
    List<String> lines =
        Pages.rows(Pages.CONFIGURATION, "| property | environment variable | default | meaning |");
    assertThat(lines).isNotEmpty().allMatch(ROW.asMatchPredicate());
    return lines.stream().map(DocumentedPropertiesTests::row).toList();
  }

  private static Row row(String line) {
    Matcher row = ROW.matcher(line);
    assertThat(row.matches()).isTrue();
    return new Row(row.group(1), row.group(2), row.group(3));
  }

  private static Stream<String> elements(String type) {
    RecordComponent[] members = ClassUtils.resolveClassName(type, null).getRecordComponents();
    return Arrays.stream(members)
        .map(member -> DataObjectPropertyName.toDashedForm(member.getName()));
  }

  /** Of everything on the class path: ours and those of the framework. */
  private static Map<String, JsonNode> metadata() throws IOException {
    Map<String, JsonNode> properties = new TreeMap<>();
    for (URL url :
        Collections.list(
            ClassUtils.getDefaultClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      try (InputStream json = url.openStream()) {
        properties.putAll(
            JsonMapper.shared()
                .readTree(json)
                .path("properties")
                .valueStream()
                .collect(
                    Collectors.toMap(
                        property -> property.path("name").asString(),
                        property -> property,
                        (first, second) -> first)));
      }
    }
    return properties;
  }
}
