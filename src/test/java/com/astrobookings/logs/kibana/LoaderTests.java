package com.astrobookings.logs.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.kibana.StandIn.Answer;
import com.astrobookings.logs.kibana.StandIn.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code kibana/load.sh} against a server that answers as Kibana's documentation says. */
class LoaderTests {

  @TempDir private Path temporary;

  @Test
  void loadsTheDataViewThenTheDashboardsThenTheRules() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      Shell run = load(kibana);
      assertThat(run.status()).as(run.output()).isZero();
      assertThat(kibana.targets()).isEqualTo(expected(""));
      assertThat(run.output())
          .contains("astro-auth.json: created")
          .contains("/app/dashboards#/view/");
    }
  }

  @Test
  void sendsWhatIsInTheFiles() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      load(kibana);
      for (Dashboard dashboard : Assets.dashboards()) {
        Request request = request(kibana, "PUT /api/dashboards/" + dashboard.id());
        assertThat(Assets.JSON.readTree(request.body())).isEqualTo(dashboard.body());
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
      }
      Request imported = request(kibana, "POST /api/saved_objects/_import?overwrite=true");
      assertThat(imported.header("Content-Type")).startsWith("multipart/form-data");
      assertThat(imported.body())
          .contains("name=\"file\"; filename=\"data-views.ndjson\"")
          .contains(Assets.text(Assets.ROOT.resolve("data-views.ndjson")));
    }
  }

  @Test
  void addsTheTypeToARuleThatItCreates() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      load(kibana);
      for (Rule rule : Assets.rules()) {
        JsonNode sent = Assets.JSON.readTree(request(kibana, "POST " + path(rule)).body());
        assertThat(sent.path("rule_type_id").asString()).isEqualTo(".es-query");
        assertThat(sent.path("consumer").asString()).isEqualTo("stackAlerts");
        rule.body().forEachEntry((name, value) -> assertThat(sent.path(name)).isEqualTo(value));
      }
    }
  }

  @Test
  void everyRequestIsMarkedAsNoForgery() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      load(kibana);
      assertThat(kibana.requests()).allMatch(request -> "true".equals(request.header("kbn-xsrf")));
    }
  }

  @Test
  void aSecondRunReplacesDashboardsAndKeepsWhatOperatorsMadeOfTheRules() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      load(kibana);
      Shell second = load(kibana);
      assertThat(second.status()).as(second.output()).isZero();
      assertThat(second.output())
          .contains("astro-auth.json: replaced")
          .contains("astro-error-burst.json: kept")
          .doesNotContain("created");
      assertThat(kibana.targets()).doesNotContain("PUT " + path(Assets.rules().getFirst()));
    }
  }

  @Test
  void rulesAreSetBackWhenItIsToldTo() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      load(kibana);
      Shell second = load(kibana, "KIBANA_RULES", "replace");
      assertThat(second.status()).as(second.output()).isZero();
      for (Rule rule : Assets.rules()) {
        Request request = request(kibana, "PUT " + path(rule));
        assertThat(Assets.JSON.readTree(request.body())).isEqualTo(rule.body());
      }
    }
  }

  @Test
  void loadsIntoASpace() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      assertThat(load(kibana, "KIBANA_SPACE", "ops").status()).isZero();
      assertThat(kibana.targets()).isEqualTo(expected("/s/ops"));
    }
  }

  @Test
  void logsInWithAnApiKey() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      load(kibana, "KIBANA_API_KEY", "a\\b\"c==");
      assertThat(kibana.requests())
          .allMatch(request -> "ApiKey a\\b\"c==".equals(request.header("Authorization")));
    }
  }

  @Test
  void logsInWithNameAndPassword() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      load(kibana, "KIBANA_USERNAME", "elastic", "KIBANA_PASSWORD", "p:\"w\\");
      assertThat(kibana.requests())
          .allMatch(
              request -> "Basic ZWxhc3RpYzpwOiJ3XA==".equals(request.header("Authorization")));
    }
  }

  @Test
  void leavesNothingBehind() throws IOException {
    try (StandIn kibana = new StandIn(new FakeKibana().but("api/status", 401, "no"))) {
      load(kibana, "KIBANA_API_KEY", "secret", "TMPDIR", temporary.toString());
      assertThat(temporary).isEmptyDirectory();
    }
  }

  @Test
  void aDashboardThatIsRefusedEndsItWithTheReason() {
    FakeKibana refusing =
        new FakeKibana().but("dashboards/astro-errors", 400, "{\"message\":\"[panels.3]: no\"}");
    try (StandIn kibana = new StandIn(refusing)) {
      Shell run = load(kibana);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output())
          .contains("dashboards/astro-errors.json was refused")
          .contains("status 400: {\"message\":\"[panels.3]: no\"}");
      assertThat(kibana.targets().getLast()).isEqualTo("PUT /api/dashboards/astro-errors");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"successCount\":0,\"success\":false,\"errors\":[{\"error\":{\"type\":\"unknown\"}}]}",
        "{\"success\":false,\"successResults\":[{\"x\":{\"success\":true}}],\"errors\":[]}",
        "{}"
      })
  void anImportThatFailedIsSeenBehindItsStatus200(String answer) {
    try (StandIn kibana = new StandIn(new FakeKibana().but("_import", 200, answer))) {
      Shell run = load(kibana);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("data-views.ndjson was refused").contains(answer);
      assertThat(kibana.targets()).hasSize(2);
    }
  }

  @Test
  void aRuleThatIsRefusedEndsItWithTheReason() {
    FakeKibana refusing = new FakeKibana().but("POST /api/alerting/rule/", 403, "no rights");
    try (StandIn kibana = new StandIn(refusing)) {
      Shell run = load(kibana);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output())
          .contains("rules/astro-discrepancies.json was refused")
          .contains("no rights");
    }
  }

  @Test
  void aLoginThatIsRefusedEndsItAtOnce() {
    try (StandIn kibana = new StandIn(new FakeKibana().but("api/status", 401, "who are you"))) {
      Shell run = load(kibana);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("The login was refused").contains("who are you");
      assertThat(kibana.requests()).hasSize(1);
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
      assertThat(load(kibana, "KIBANA_WAIT", "30").status()).isZero();
      assertThat(asked.get()).isGreaterThan(3);
    }
  }

  @Test
  void doesNotWaitForEver() {
    try (StandIn kibana = new StandIn(request -> new Answer(503, "not ready yet"))) {
      Shell run = load(kibana);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("is not available").contains("not ready yet");
    }
  }

  @Test
  void saysWhenThereIsNoKibana() {
    StandIn kibana = new StandIn(new FakeKibana());
    kibana.close();
    Shell run = load(kibana);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).contains(kibana.url() + " is not available").contains("curl:");
  }

  @ParameterizedTest
  @CsvSource({"8.19.1,1", "9.4.2,1", "9.5.0,0", "9.10.0,0", "10.0.0,0"})
  void refusesAKibanaThatIsTooOld(String version, int status) {
    FakeKibana other =
        new FakeKibana()
            .but("api/status", 200, "{\"version\":{\"number\":\"%s\"}}".formatted(version));
    try (StandIn kibana = new StandIn(other)) {
      Shell run = load(kibana);
      assertThat(run.status()).isEqualTo(status);
      assertThat(run.output().contains(version + " is too old")).isEqualTo(status == 1);
    }
  }

  @Test
  void saysWhenCurlIsMissing() throws IOException {
    Path tools = Files.createDirectory(temporary.resolve("bin"));
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      Shell run = Shell.run(Map.of("PATH", tools.toString()), "/bin/sh", script());
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("curl is needed");
      assertThat(kibana.requests()).isEmpty();
    }
  }

  @Test
  void refusesAWordThatItDoesNotKnow() {
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      Shell run = load(kibana, "KIBANA_RULES", "overwrite");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("keep or replace, not overwrite");
    }
  }

  private static List<String> expected(String space) {
    List<String> expected = new ArrayList<>();
    expected.add("GET /api/status");
    expected.add("POST " + space + "/api/saved_objects/_import?overwrite=true");
    Assets.dashboards().forEach(d -> expected.add("PUT " + space + "/api/dashboards/" + d.id()));
    Assets.rules().forEach(rule -> expected.add("POST " + space + path(rule)));
    return expected;
  }

  private static String path(Rule rule) {
    return "/api/alerting/rule/" + rule.id();
  }

  private static Request request(StandIn kibana, String target) {
    return kibana.requests().stream()
        .filter(request -> request.toString().equals(target))
        .findFirst()
        .orElseThrow();
  }

  private static Shell load(StandIn kibana, String... variables) {
    Map<String, String> all = new HashMap<>();
    all.put("KIBANA_URL", kibana.url());
    all.put("KIBANA_WAIT", "0");
    for (int i = 0; i < variables.length; i += 2) {
      all.put(variables[i], variables[i + 1]);
    }
    return Shell.run(all, "sh", script());
  }

  private static String script() {
    return Assets.ROOT.resolve("load.sh").toString();
  }
}
