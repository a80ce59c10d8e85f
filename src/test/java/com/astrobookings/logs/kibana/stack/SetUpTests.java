package com.astrobookings.logs.kibana.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.kibana.Assets;
import com.astrobookings.logs.kibana.Shell;
import com.astrobookings.logs.kibana.StandIn;
import com.astrobookings.logs.kibana.StandIn.Answer;
import com.astrobookings.logs.kibana.StandIn.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code set-up-elasticsearch.sh} against a server that answers as Elasticsearch does. */
class SetUpTests {

  private static final Path SCRIPT = Path.of("src/main/docker/set-up-elasticsearch.sh");
  private static final Path PRIVILEGES = Path.of("src/main/docker/elasticsearch-privileges.json");
  private static final String KEY = key("id-1");
  private static final String SUPERUSER = "Basic " + base64("elastic:s3cret");

  @TempDir private Path folder;

  @Test
  void setsThePasswordOfKibanaAndMakesAKeyForTheService() throws IOException {
    try (StandIn node = new StandIn(answers(Map.of()))) {
      Shell run = setUp(node);
      assertThat(run.status()).as(run.output()).isZero();
      assertThat(node.targets())
          .containsExactly(
              "POST /_security/user/kibana_system/_password",
              "PUT /_security/role/astrobookings-operator",
              "PUT /_security/user/operator",
              "POST /_security/api_key");
      assertThat(node.requests()).allMatch(r -> SUPERUSER.equals(r.header("Authorization")));
      assertThat(node.requests().getFirst().body()).isEqualTo("{\"password\":\"k1bana\"}");
      assertThat(login()).content().isEqualTo(KEY + "\n");
    }
  }

  @Test
  void operatorsMayReadEventsAndKibanaAndNothingElse() throws IOException {
    try (StandIn node = new StandIn(answers(Map.of()))) {
      setUp(node);
      JsonNode role = Assets.JSON.readTree(node.requests().get(1).body());
      assertThat(role.propertyNames()).containsExactly("indices", "applications");
      assertThat(texts(role.at("/indices/0/names"))).containsExactly("astrobookings-events-*");
      assertThat(texts(role.at("/indices/0/privileges")))
          .containsExactly("read", "view_index_metadata");
      assertThat(texts(role.at("/applications/0/privileges"))).containsExactly("read");
      JsonNode user = Assets.JSON.readTree(node.requests().get(2).body());
      assertThat(texts(user.path("roles"))).containsExactly("astrobookings-operator");
      assertThat(user.path("password").asString()).isEqualTo("0perator");
    }
  }

  @Test
  void passwordsMayHaveQuotesAndBackslashes() throws IOException {
    try (StandIn node = new StandIn(answers(Map.of()))) {
      Map<String, String> strange = new HashMap<>(variables(node));
      strange.put("ELASTIC_PASSWORD", "a\"b\\c d");
      strange.put("KIBANA_SYSTEM_PASSWORD", "\"}{\\");
      strange.put("KIBANA_OPERATOR_PASSWORD", "x\",\"roles\":[\"superuser\"],\"y\":\"");
      Shell run = Shell.run(strange, "sh", SCRIPT.toString());
      assertThat(run.status()).as(run.output()).isZero();
      assertThat(node.requests())
          .allMatch(
              r -> ("Basic " + base64("elastic:a\"b\\c d")).equals(r.header("Authorization")));
      assertThat(
              Assets.JSON.readTree(node.requests().getFirst().body()).path("password").asString())
          .isEqualTo(strange.get("KIBANA_SYSTEM_PASSWORD"));
      JsonNode user = Assets.JSON.readTree(node.requests().get(2).body());
      assertThat(texts(user.path("roles"))).containsExactly("astrobookings-operator");
      assertThat(user.path("password").asString())
          .isEqualTo(strange.get("KIBANA_OPERATOR_PASSWORD"));
    }
  }

  @Test
  void aPasswordWithALineBreakIsRefused() {
    try (StandIn node = new StandIn(answers(Map.of()))) {
      Map<String, String> strange = new HashMap<>(variables(node));
      strange.put("KIBANA_SYSTEM_PASSWORD", "two\nlines");
      Shell run = Shell.run(strange, "sh", SCRIPT.toString());
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("control character").doesNotContain("two");
    }
  }

  @Test
  void theKeyHasTheRightsOfTheFileAndNoOthers() throws IOException {
    try (StandIn node = new StandIn(answers(Map.of()))) {
      setUp(node);
      JsonNode sent = Assets.JSON.readTree(node.requests().getLast().body());
      assertThat(sent.path("name").asString()).isEqualTo("astrobookings-logs");
      assertThat(sent.path("role_descriptors")).isEqualTo(privileges());
    }
  }

  @Test
  void theServiceMayCreateAndReadEventsAndKeepItsIndices() throws IOException {
    JsonNode role = privileges().path("astrobookings-logs");
    assertThat(texts(role.path("cluster"))).containsExactly("monitor", "manage_index_templates");
    assertThat(role.path("indices").size()).isEqualTo(1);
    assertThat(texts(role.at("/indices/0/names"))).containsExactly("astrobookings-events-*");
    assertThat(texts(role.at("/indices/0/privileges")))
        .containsExactly("create_doc", "read", "manage");
    assertThat(role.propertyNames()).containsExactly("cluster", "indices");
  }

  @Test
  void aKeyThatWorksIsKeptAndItsRightsAreRenewed() throws IOException {
    Files.writeString(login(), key("old") + "\n");
    try (StandIn node = new StandIn(answers(Map.of()))) {
      Shell run = setUp(node);
      assertThat(run.status()).as(run.output()).isZero();
      assertThat(node.targets())
          .containsExactly(
              "POST /_security/user/kibana_system/_password",
              "PUT /_security/role/astrobookings-operator",
              "PUT /_security/user/operator",
              "GET /_security/_authenticate",
              "PUT /_security/api_key/old");
      Request tried = node.requests().get(3);
      assertThat(tried.header("Authorization")).isEqualTo("ApiKey " + key("old"));
      JsonNode renewed = Assets.JSON.readTree(node.requests().getLast().body());
      assertThat(renewed.path("role_descriptors")).isEqualTo(privileges());
      assertThat(login()).content().isEqualTo(key("old") + "\n");
    }
  }

  @Test
  void aKeyThatElasticsearchDoesNotKnowIsReplaced() throws IOException {
    Files.writeString(login(), key("gone") + "\n");
    Answer unknown = new Answer(401, "{\"status\":401}");
    try (StandIn node = new StandIn(answers(Map.of("GET /_security/_authenticate", unknown)))) {
      assertThat(setUp(node).status()).isZero();
      assertThat(login()).content().isEqualTo(KEY + "\n");
    }
  }

  @Test
  void aPasswordThatIsRefusedEndsItWithTheReason() {
    Answer refusal = new Answer(400, "{\"error\":\"passwords must be at least [6] characters\"}");
    String password = "POST /_security/user/kibana_system/_password";
    try (StandIn node = new StandIn(answers(Map.of(password, refusal)))) {
      Shell run = setUp(node);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("status 400").contains("at least [6] characters");
      assertThat(login()).doesNotExist();
    }
  }

  @Test
  void anAnswerThatIsNotTheExpectedOneIsNoSuccess() {
    Answer strange = new Answer(200, "{\"cluster\":\"another\"}");
    String password = "POST /_security/user/kibana_system/_password";
    try (StandIn node = new StandIn(answers(Map.of(password, strange)))) {
      assertThat(setUp(node).status()).isEqualTo(1);
    }
  }

  @Test
  void aKeyThatIsRefusedEndsItWithTheReason() {
    Answer refusal = new Answer(403, "{\"error\":\"no rights\"}");
    try (StandIn node = new StandIn(answers(Map.of("POST /_security/api_key", refusal)))) {
      Shell run = setUp(node);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("No API key was created").contains("no rights");
      assertThat(login()).doesNotExist();
    }
  }

  @Test
  void saysWhenThereIsNoElasticsearch() {
    StandIn node = new StandIn(answers(Map.of()));
    node.close();
    Shell run = setUp(node);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output()).contains("no answer to POST " + node.url());
  }

  @Test
  void secretsAreNotPrinted() {
    try (StandIn node = new StandIn(answers(Map.of()))) {
      assertThat(setUp(node).output()).doesNotContain("s3cret", "k1bana", "0perator", KEY);
    }
  }

  private Shell setUp(StandIn node) {
    return Shell.run(variables(node), "sh", SCRIPT.toString());
  }

  private Map<String, String> variables(StandIn node) {
    return Map.of(
        "ELASTICSEARCH_URL", node.url(),
        "ELASTIC_PASSWORD", "s3cret",
        "KIBANA_SYSTEM_PASSWORD", "k1bana",
        "KIBANA_OPERATOR_PASSWORD", "0perator",
        "LOGIN_FOLDER", folder.toString());
  }

  private Path login() {
    return folder.resolve("spring.elasticsearch.api-key");
  }

  private static Function<Request, Answer> answers(Map<String, Answer> exceptions) {
    return request ->
        exceptions.getOrDefault(
            request.toString(),
            switch (request.target()) {
              case "/_security/user/kibana_system/_password" -> new Answer(200, "{}");
              case "/_security/_authenticate" -> new Answer(200, "{\"username\":\"elastic\"}");
              case "/_security/api_key" ->
                  new Answer(200, "{\"id\":\"id-1\",\"encoded\":\"%s\"}".formatted(KEY));
              default -> new Answer(200, "{\"updated\":true}");
            });
  }

  private static JsonNode privileges() throws IOException {
    return Assets.JSON.readTree(Files.readString(PRIVILEGES));
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).map(Objects::requireNonNull).toList();
  }

  private static String key(String id) {
    return base64(id + ":secret-of-" + id);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
