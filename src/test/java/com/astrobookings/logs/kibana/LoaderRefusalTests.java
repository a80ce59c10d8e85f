package com.astrobookings.logs.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.kibana.StandIn.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code kibana/load.sh} ends when something is refused, and what it says then. */
class LoaderRefusalTests {

  @TempDir private Path temporary;

  @ParameterizedTest
  @CsvSource({
    "dashboards/astro-errors.json,\"hide_title\",\"hidden_title\",panels.0.config.hidden_title]:"
        + " definition for this key is missing",
    "dashboards/astro-errors.json,\"other_bucket\",\"others\",others]: definition for this key is"
        + " missing",
    "rules/astro-discrepancies.json,\"consumer\",\"producer\",producer]: definition for this key is"
        + " missing",
    "rules/astro-notify-failures.json,\"comparator\",\"compare\",params.criteria.0.compare]:"
        + " definition for this key is missing"
  })
  void aKeyThatKibanaDoesNotKnowIsTheFirstThingItSays(
      String file, String key, String wrong, String said) throws IOException {
    Path folder = copy();
    Path changed = folder.resolve(file);
    Files.writeString(changed, Files.readString(changed).replace(key, wrong));
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      Shell run = inFolder(folder, kibana);
      assertThat(run.status()).isEqualTo(1);
      String refusal = run.output().substring(run.output().indexOf("load.sh: "));
      assertThat(refusal.lines().toList())
          .startsWith("load.sh: %s was refused by %s: status 400".formatted(file, request(kibana)))
          .element(1)
          .asString()
          .endsWith(said);
      assertThat(refusal).contains("The whole answer:\n{\"statusCode\":400");
    }
  }

  @Test
  void aKeyThatIsMissingIsSaid() throws IOException {
    Path folder = copy();
    Path changed = folder.resolve("dashboards/astro-auth.json");
    Files.writeString(
        changed, Files.readString(changed).replaceFirst("\"language\": \"kql\"", "\"x\": 1"));
    try (StandIn kibana = new StandIn(new FakeKibana())) {
      Shell run = inFolder(folder, kibana);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("language is missing");
    }
  }

  @Test
  void sixteenThousandBytesOfARefusalAreShown() {
    String answer = "x".repeat(15_990) + "END-OF-16K" + "y".repeat(20_000);
    try (StandIn kibana = new StandIn(new FakeKibana().but("PUT /api/dashboards", 400, answer))) {
      Shell run = Loader.run(kibana);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("END-OF-16K").doesNotContain("yy");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"successCount\":0,\"success\":false,\"errors\":[{\"error\":{\"type\":\"unknown\"}}]}",
        "{\"success\":false,\"successResults\":[{\"x\":{\"success\":true}}],\"errors\":[]}",
        "{\"a\":\"\\\"success\\\":true\"}",
        "{}",
        "<html>"
      })
  void anImportThatFailedIsSeenBehindItsStatus200(String answer) {
    try (StandIn kibana = new StandIn(new FakeKibana().but("_import", 200, answer))) {
      Shell run = Loader.run(kibana);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("saved-objects.ndjson was refused").contains(answer);
      assertThat(kibana.requests()).hasSize(2);
    }
  }

  @Test
  void anAnswerMayHaveSpacesAndLines() {
    String answer = "{\n  \"success\" : true,\n  \"successResults\" : [ ]\n}\n";
    try (StandIn kibana = new StandIn(new FakeKibana().but("_import", 200, answer))) {
      Shell run = Loader.run(kibana);
      assertThat(run.status()).as(run.output()).isZero();
    }
  }

  @Test
  void aRuleThatIsRefusedEndsItWithTheReason() {
    Answer refusal = FakeKibana.refusal(403, "Unauthorized by \"stackAlerts\" to create rules");
    FakeKibana refusing = new FakeKibana().but("POST /api/alerting/rule/", 403, refusal.body());
    try (StandIn kibana = new StandIn(refusing)) {
      Shell run = Loader.run(kibana);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output())
          .contains("rules/astro-auth-failure-share.json was refused")
          .contains("status 403\nUnauthorized by \"stackAlerts\" to create rules\n");
    }
  }

  @Test
  void aPanelThatKibanaLeavesOutIsAFailure() {
    String less = "{\"id\":\"astro-notify\",\"data\":{\"panels\":[{\"grid\":{\"w\":48}}]}}";
    FakeKibana dropping = new FakeKibana().but("GET /api/dashboards/astro-notify", 200, less);
    try (StandIn kibana = new StandIn(dropping)) {
      Shell run = Loader.run(kibana);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output())
          .contains(
              "astro-notify.json: Kibana shows 1 of %d panels"
                  .formatted(Assets.dashboard("astro-notify").panels().size()));
    }
  }

  @Test
  void aRuleThatCannotRunIsAFailure() {
    String error =
        "{\"id\":\"x\",\"execution_status\":{\"status\":\"error\","
            + "\"error\":{\"reason\":\"execute\",\"message\":\"no such index\"}}}";
    FakeKibana failing =
        new FakeKibana().but("GET /api/alerting/rule/astro-error-burst", 200, error);
    try (StandIn kibana = new StandIn(failing)) {
      Shell run = Loader.run(kibana);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output())
          .contains("astro-error-burst.json: the rule is there, but cannot run: no such index");
    }
  }

  @Test
  void aLoginThatIsRefusedEndsItAtOnce() {
    try (StandIn kibana = new StandIn(new FakeKibana().but("api/status", 401, "who are you"))) {
      Shell run = Loader.run(kibana);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("The login was refused").contains("who are you");
      assertThat(kibana.requests()).hasSize(1);
    }
  }

  @Test
  void doesNotWaitForEver() {
    try (StandIn kibana = new StandIn(request -> new Answer(503, "not ready yet"))) {
      Shell run = Loader.run(kibana);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("is not available").contains("not ready yet");
    }
  }

  @Test
  void saysWhenThereIsNoKibana() {
    StandIn kibana = new StandIn(new FakeKibana());
    kibana.close();
    Shell run = Loader.run(kibana);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).contains(kibana.url() + " is not available").contains("curl:");
  }

  private static String request(StandIn kibana) {
    StandIn.Request last = kibana.requests().getLast();
    return last.method() + " " + kibana.url() + last.target();
  }

  private static Shell inFolder(Path folder, StandIn kibana) {
    return Shell.run(
        Map.of("KIBANA_URL", kibana.url(), "KIBANA_WAIT", "0"),
        "sh",
        folder.resolve("load.sh").toString());
  }

  private Path copy() throws IOException {
    try (Stream<Path> files = Files.walk(Assets.ROOT)) {
      for (Path file : files.toList()) {
        Files.copy(file, temporary.resolve("kibana").resolve(Assets.ROOT.relativize(file)));
      }
    }
    return temporary.resolve("kibana");
  }
}
