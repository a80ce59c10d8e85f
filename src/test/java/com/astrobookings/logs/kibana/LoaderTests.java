package com.astrobookings.logs.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.kibana.StandIn.Answer;
import com.astrobookings.logs.kibana.StandIn.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What {@code kibana/load.sh} does where all goes well, and how it logs in. */
class LoaderTests {

  @TempDir private Path temporary;

  @Test
  void loadsEverythingInOrderAndReadsItBack() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      Shell run = Loader.run(kibana);
      assertThat(run.status()).as(run.output()).isZero();
      assertThat(kibana.targets()).isEqualTo(expected());
      assertThat(run.output())
          .contains("dashboards/astro-auth.json: created")
          .contains("Kibana shows every panel of every dashboard.")
          .contains("Every rule runs.")
          .endsWith("/app/dashboards#/view/astro-overview\n");
    }
  }

  @Test
  void sendsWhatIsInTheFiles() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      Loader.run(kibana);
      for (Dashboard dashboard : Assets.dashboards()) {
        Request request = request(kibana, "PUT /api/dashboards/" + dashboard.id());
        assertThat(Assets.JSON.readTree(request.body())).isEqualTo(dashboard.body());
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
      }
      for (Rule rule : Assets.rules()) {
        Request request = request(kibana, "POST /api/alerting/rule/" + rule.id());
        assertThat(Assets.JSON.readTree(request.body())).isEqualTo(rule.body());
      }
      Request imported = request(kibana, "POST /api/saved_objects/_import?overwrite=true");
      assertThat(imported.header("Content-Type")).startsWith("multipart/form-data");
      assertThat(imported.body())
          .contains("name=\"file\"; filename=\"saved-objects.ndjson\"")
          .contains(Assets.text(Assets.ROOT.resolve("saved-objects.ndjson")));
    }
  }

  @Test
  void everyRequestStatesTheVersionAndIsMarkedAsNoForgery() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      Loader.run(kibana);
      assertThat(kibana.requests())
          .allMatch(request -> "true".equals(request.header("kbn-xsrf")))
          .allMatch(request -> "2023-10-31".equals(request.header("Elastic-Api-Version")));
    }
  }

  /** The shells of Debian, Alpine and of whoever has only Bash. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
  void runsInShellsThatKnowLittle(String shell) {
    Loader.assumeInstalled(shell);
    try (StandIn kibana = new StandIn(new FakeKibana("ops"))) {
      Shell first = Loader.with(shell, kibana, "KIBANA_SPACE", "ops");
      assertThat(first.status()).as(first.output()).isZero();
      Shell second = Loader.with(shell, kibana, "KIBANA_SPACE", "ops", "KIBANA_RULES", "replace");
      assertThat(second.status()).as(second.output()).isZero();
      assertThat(second.output()).doesNotContain("created").contains("Every rule runs.");
    }
  }

  @Test
  void aSecondRunReplacesDashboardsAndKeepsWhatOperatorsMadeOfTheRules() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      Loader.run(kibana);
      Shell second = Loader.run(kibana);
      assertThat(second.status()).as(second.output()).isZero();
      assertThat(second.output())
          .contains("astro-auth.json: replaced")
          .contains("astro-error-burst.json: kept")
          .doesNotContain("created");
      assertThat(kibana.targets()).noneMatch(target -> target.startsWith("PUT /api/alerting"));
    }
  }

  @Test
  void rulesAreSetBackWhenItIsToldTo() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      Loader.run(kibana);
      Shell second = Loader.run(kibana, "KIBANA_RULES", "replace");
      assertThat(second.status()).as(second.output()).isZero();
      for (Rule rule : Assets.rules()) {
        JsonNode sent =
            Assets.JSON.readTree(request(kibana, "PUT /api/alerting/rule/" + rule.id()).body());
        assertThat(sent.propertyNames()).doesNotContain("rule_type_id", "consumer");
        sent.forEachEntry((name, value) -> assertThat(rule.body().path(name)).isEqualTo(value));
        assertThat(sent.size()).isEqualTo(rule.body().size() - 2);
      }
    }
  }

  @Test
  void logsInWithAnApiKey() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      Loader.run(kibana, "KIBANA_API_KEY", "a\\b\"c==");
      assertThat(kibana.requests())
          .allMatch(request -> "ApiKey a\\b\"c==".equals(request.header("Authorization")));
    }
  }

  @Test
  void logsInWithNameAndPassword() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      Loader.run(kibana, "KIBANA_USERNAME", "elastic", "KIBANA_PASSWORD", "p:\"w\\");
      assertThat(kibana.requests())
          .allMatch(
              request -> "Basic ZWxhc3RpYzpwOiJ3XA==".equals(request.header("Authorization")));
    }
  }

  @Test
  void leavesNothingBehind() throws IOException {
    try (StandIn kibana = new StandIn(new FakeKibana().but("api/status", 401, "no"))) {
      Loader.run(kibana, "KIBANA_API_KEY", "secret", "TMPDIR", temporary.toString());
      assertThat(temporary).isEmptyDirectory();
    }
  }

  @Test
  void waitsForAKibanaThatIsStarting() {
    AtomicInteger asked = new AtomicInteger();
    FakeKibana started = new FakeKibana();
    try (StandIn kibana =
        new StandIn(request ->
            asked.incrementAndGet() < 3
                ? new Answer(503, "Kibana server is not ready yet")
                : started.apply(request))) {
      assertThat(Loader.run(kibana, "KIBANA_WAIT", "30").status()).isZero();
      assertThat(asked.get()).isGreaterThan(3);
    }
  }

  @Test
  void countsTheRulesThatHaveNotRunYet() {
    String pending = "{\"id\":\"x\",\"execution_status\":{\"status\":\"pending\"}}";
    FakeKibana fresh = new FakeKibana().but("GET /api/alerting/rule/", 200, pending);
    try (StandIn kibana = new StandIn(fresh)) {
      Shell run = Loader.run(kibana);
      assertThat(run.status()).as(run.output()).isZero();
      assertThat(run.output()).contains("Rules that have not run yet: 8.");
    }
  }

  @ParameterizedTest
  @CsvSource({"8.19.1,1", "9.4.2,1", "9.5.0,0", "9.10.0,0", "10.0.0,0"})
  void refusesAKibanaThatIsTooOld(String version, int status) {
    FakeKibana other =
        new FakeKibana()
            .but("api/status", 200, "{\"version\":{\"number\":\"%s\"}}".formatted(version));
    try (StandIn kibana = new StandIn(other)) {
      Shell run = Loader.run(kibana);
      assertThat(run.status()).as(run.output()).isEqualTo(status);
      assertThat(run.output().contains(version + " is too old")).isEqualTo(status == 1);
    }
  }

  @Test
  void saysWhenCurlIsMissing() throws IOException {
    Path tools = Files.createDirectory(temporary.resolve("bin"));
    Shell run = Shell.run(Map.of("PATH", tools.toString()), "/bin/sh", Loader.SCRIPT);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).contains("curl is needed");
  }

  @Test
  void refusesAWordThatItDoesNotKnow() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      Shell run = Loader.run(kibana, "KIBANA_RULES", "overwrite");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("keep or replace, not overwrite");
    }
  }

  private static List<String> expected() {
    List<String> expected = new ArrayList<>();
    expected.add("GET /api/status");
    expected.add("POST /api/saved_objects/_import?overwrite=true");
    Assets.dashboards().forEach(d -> expected.add("PUT /api/dashboards/" + d.id()));
    Assets.rules().forEach(rule -> expected.add("POST /api/alerting/rule/" + rule.id()));
    Assets.dashboards().forEach(d -> expected.add("GET /api/dashboards/" + d.id()));
    Assets.rules().forEach(rule -> expected.add("GET /api/alerting/rule/" + rule.id()));
    return expected;
  }

  private static Request request(StandIn kibana, String target) {
    return kibana.requests().stream()
        .filter(request -> request.toString().equals(target))
        .findFirst()
        .orElseThrow();
  }
}
