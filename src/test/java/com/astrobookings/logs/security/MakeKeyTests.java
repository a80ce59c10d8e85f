package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.web.Scope;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** The command as people run it: a process that starts the service's own main class. */
class MakeKeyTests {

  private record Run(int status, String printed) {
    String key() {
      return found("(?m)^  (alk_\\S+)$");
    }

    String found(String pattern) {
      Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(printed);
      assertThat(matcher.find()).as(printed).isTrue();
      return matcher.group(1);
    }
  }

  @Test
  void printsAKeyThatItsYamlLetsIn() throws Exception {
    Run run = make("--name=core-api", "--scopes=logs:ingest,logs:read", "--expires=2030-01-31");
    assertThat(run.status()).isZero();

    StandardEnvironment environment = new StandardEnvironment();
    String yaml = run.found("(  logs:\n.*?)\nor in the environment");
    new YamlPropertySourceLoader()
        .load("printed", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
        .forEach(environment.getPropertySources()::addFirst);

    letsIn(environment, run.key());
  }

  @Test
  void printsAKeyThatItsEnvironmentLetsIn() throws Exception {
    Run run = make("--name=core-api", "--scopes=logs:ingest,logs:read", "--expires=2030-01-31");

    Map<String, Object> variables = new HashMap<>();
    Matcher line = Pattern.compile("(?m)^  (LOGS_\\w+)=(.*)$").matcher(run.printed());
    while (line.find()) {
      variables.put(line.group(1), line.group(2));
    }
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables));

    letsIn(environment, run.key());
  }

  private static void letsIn(StandardEnvironment environment, String key) {
    ConfigurationPropertySources.attach(environment);
    SecurityProperties properties =
        Binder.get(environment).bindOrCreate("logs.security", SecurityProperties.class);
    ApiKeys.Entry found = Objects.requireNonNull(new ApiKeys(properties.apiKeys()).find(key));

    assertThat(found.caller().name()).isEqualTo("core-api");
    assertThat(found.caller().scopes()).containsExactlyInAnyOrder(Scope.INGEST, Scope.READ);
    assertThat(found.expiredAt(Instant.parse("2030-01-30T23:59:59Z"))).isFalse();
    assertThat(found.expiredAt(Instant.parse("2030-01-31T00:00:00Z"))).isTrue();
  }

  @Test
  void startsNothingAndPrintsNothingElse() throws Exception {
    Run run = make("--name=core-api", "--scopes=logs:ingest");

    assertThat(run.printed()).startsWith("The key").doesNotContain("Spring", "EXPIRES", "expires");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--scopes=logs:ingest",
        "--name=core-api",
        "--name=core-api --scopes=logs:everything",
        "--name=core-api --scopes=logs:read --expires=tomorrow",
        "--name=core-api --scopes=logs:read --expires=2020-01-31",
        "--name=core-api --scopes=logs:read --expires=2020-01-31T12:00:00Z",
        "--name=a,b --scopes=logs:read",
        "--name=core-api --scopes=logs:read --scope=logs:read"
      })
  void explainsItselfToWhoeverMisusesIt(String arguments) throws Exception {
    Run run = make(arguments.split(" "));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.printed()).contains("usage: make-key").doesNotContain("alk_", "Exception");
  }

  @Test
  void makesEveryKeyAnew() {
    Set<String> keys = new HashSet<>();
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < 1_000; i++) {
      String key = ApiKeyFormat.random(random);
      assertThat(ApiKeyFormat.id(key)).isNotNull();
      keys.add(key);
    }
    assertThat(keys).hasSize(1_000);
  }

  private static Run make(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "com.astrobookings.logs.LogsApplication",
                "make-key"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream output = process.getInputStream()) {
      String printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      return new Run(process.waitFor(), printed);
    }
  }
}
