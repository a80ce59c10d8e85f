package com.astrobookings.logs.kibana.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.astrobookings.logs.kibana.Assets;
import com.astrobookings.logs.kibana.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

class ComposeFileTests {

  private static final Path FILE = Path.of("docker-compose.yml");
  private static final Set<String> ONE_SHOTS = Set.of("elasticsearch-setup", "kibana-assets");
  private static final int MEGABYTES_OF_A_LAPTOP = 8192;

  private final String text = read(FILE);
  private final JsonNode compose = Assets.JSON.valueToTree(new Yaml().load(text));
  private final Map<String, JsonNode> services =
      compose
          .path("services")
          .propertyStream()
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

  @Test
  void everyPortIsForThisMachineAlone() {
    assertThat(services.values().stream().flatMap(s -> texts(s.path("ports")).stream()))
        .hasSize(3)
        .allMatch(port -> port.startsWith("127.0.0.1:"));
  }

  @Test
  void itLeavesAQuarterOfALaptopToOthers() {
    assertThat(services.values()).allMatch(service -> service.has("mem_limit"));
    int all =
        services.values().stream().mapToInt(s -> megabytes(s.path("mem_limit").asString())).sum();
    assertThat(all).isLessThanOrEqualTo(MEGABYTES_OF_A_LAPTOP * 3 / 4);
  }

  @Test
  void everythingWaitsForWhatItNeeds() {
    services.forEach((name, service) ->
        service
            .path("depends_on")
            .forEachEntry((needed, how) ->
                assertThat(how.path("condition").asString())
                    .as(name + " waits for " + needed)
                    .isEqualTo(
                        ONE_SHOTS.contains(needed)
                            ? "service_completed_successfully"
                            : "service_healthy")));
    assertThat(services.values()).filteredOn(service -> !service.has("depends_on")).hasSize(1);
  }

  @Test
  void whatIsWaitedForHasAHealthCheck() {
    assertThat(List.of("elasticsearch", "kibana"))
        .allMatch(name -> services.get(name).at("/healthcheck/test").isArray());
  }

  @Test
  void whatRunsOnIsStartedAgainAfterAReboot() {
    assertThat(services)
        .allSatisfy((name, service) ->
            assertThat(service.path("restart").asString())
                .as(name)
                .isEqualTo(ONE_SHOTS.contains(name) ? "no" : "unless-stopped"));
  }

  @Test
  void noContainerCanGainRights() {
    assertThat(services.values())
        .allMatch(s -> texts(s.path("security_opt")).contains("no-new-privileges:true"));
  }

  @Test
  void theServiceHasNoRightsItDoesNotNeed() {
    JsonNode logs = services.get("logs");
    assertThat(logs.path("read_only").asBoolean()).isTrue();
    assertThat(texts(logs.path("cap_drop"))).containsExactly("ALL");
    assertThat(texts(logs.path("tmpfs"))).containsExactly("/tmp");
    assertThat(logs.path("environment").toString()).doesNotContain("ELASTIC_PASSWORD");
  }

  @Test
  void theServiceFindsItsLoginWhereItWasPut() {
    assertThat(texts(services.get("elasticsearch-setup").path("volumes")))
        .contains("logs-login:/login");
    assertThat(services.get("elasticsearch-setup").at("/environment/LOGIN_FOLDER").asString())
        .isEqualTo("/login");
    assertThat(texts(services.get("logs").path("volumes"))).contains("logs-login:/run/login:ro");
    assertThat(services.get("logs").at("/environment/SPRING_CONFIG_IMPORT").asString())
        .isEqualTo("configtree:/run/login/");
  }

  @Test
  void everyVolumeIsDeclaredAndEveryFolderIsThereAndReadOnly() {
    List<String> volumes =
        services.values().stream().flatMap(s -> texts(s.path("volumes")).stream()).toList();
    for (String volume : volumes) {
      String source = volume.substring(0, volume.indexOf(':'));
      if (source.startsWith(".")) {
        assertThat(Path.of(source)).isDirectory();
        assertThat(volume).endsWith(":ro");
      } else {
        assertThat(compose.path("volumes").has(source)).as(source).isTrue();
      }
    }
  }

  @Test
  void everySecretIsWrittenByTheScript() {
    String script = read(Path.of("src/main/docker/write-env.sh"));
    assertThat(variables()).isNotEmpty().allMatch(name -> script.contains(name));
    assertThat(text.lines().filter(line -> line.matches(".*(PASSWORD|KEY): .*")))
        .isNotEmpty()
        .allMatch(line -> line.contains(": ${"));
  }

  @Test
  void everyScriptIsThereAndCanBeRun() {
    for (String script :
        List.of(
            "kibana/load.sh",
            "src/main/docker/write-env.sh",
            "src/main/docker/set-up-elasticsearch.sh",
            "src/main/docker/alive.sh")) {
      assertThat(Path.of(script)).isExecutable();
    }
  }

  @Test
  void dockerUnderstandsIt() {
    Shell version = Shell.run(Map.of(), "sh", "-c", "docker compose version");
    assumeTrue(version.status() == 0, "docker compose is installed");
    Map<String, String> secrets = new HashMap<>();
    variables().forEach(name -> secrets.put(name, "secret"));
    Shell config =
        Shell.run(secrets, "docker", "compose", "-f", FILE.toString(), "config", "--quiet");
    assertThat(config.status()).as(config.output()).isZero();
  }

  private Set<String> variables() {
    return Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)[^}]*}")
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  private static int megabytes(String size) {
    int number = Integer.parseInt(size.substring(0, size.length() - 1));
    return size.endsWith("g") ? number * 1024 : number;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
