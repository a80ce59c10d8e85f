package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.elastic.StandIn;
import com.astrobookings.logs.elastic.StandIn.Request;
import com.astrobookings.logs.security.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Nothing secret and nothing personal is printed when Elasticsearch fails, whatever it says. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "logging.level.root=DEBUG",
      "spring.elasticsearch.username=elastic",
      "spring.elasticsearch.password=" + FailingSecretsTests.PASSWORD
    })
@ContextConfiguration(initializers = SecuredServer.Credentials.class)
@ExtendWith(OutputCaptureExtension.class)
class FailingSecretsTests {

  static final String PASSWORD = "marker-password";

  private static final StandIn ELASTICSEARCH = new StandIn();

  private static final String EVENT =
      """
      {"type":"AUTH","id":"secrets-1","timestamp":"2024-08-11T09:30:00Z","userId":"marker-user",\
      "email":"marker-mail@example.com","ipAddress":"192.0.2.123","result":"FAIL"}\
      """;

  /** As it quotes documents and questions in its refusals. */
  private static final String QUOTING =
      """
      {"error":{"type":"TYPE","reason":"cannot make sense of [marker-user]",\
      "caused_by":{"type":"illegal_argument_exception","reason":"For input: 'marker-mail'"},\
      "root_cause":[{"type":"TYPE","reason":"Preview of the value: 'marker-user'"}]},\
      "status":STATUS}\
      """;

  @LocalServerPort private int port;

  @DynamicPropertySource
  static void standIn(DynamicPropertyRegistry properties) {
    ELASTICSEARCH.answers(StandIn::prepared);
    properties.add("spring.elasticsearch.uris", ELASTICSEARCH::uri);
    properties.add("logs.spool.enabled", () -> "false");
  }

  @AfterAll
  static void end(@Autowired LoggingSystem logging) {
    logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    ELASTICSEARCH.close();
  }

  @Test
  void markersAreNeitherPrintedNorRepeated(CapturedOutput output) throws Exception {
    List<Answer> writes = new ArrayList<>();
    List<Answer> reads = new ArrayList<>();
    for (Function<Request, StandIn.Answer> script : failures().values()) {
      ELASTICSEARCH.answers(
          request -> hasData(request) ? script.apply(request) : StandIn.prepared(request));
      writes.add(Markers.post(port, "/api/v1/logs", TestKeys.ALL, EVENT));
      reads.add(Markers.get(port, "/api/v1/logs?userId=marker-user", TestKeys.ALL));
      reads.add(Markers.get(port, "/api/v1/logs?q=user.id:marker-user", TestKeys.ALL));
    }

    assertThat(writes)
        .extracting(Answer::problem)
        .containsOnlyOnce("rejected-event")
        .containsOnly("rejected-event", "unavailable");
    assertThat(reads).extracting(Answer::problem).containsOnly("unavailable");
    Markers.assertSilent(writes);
    Markers.assertSilent(reads);
    assertThat(output.getAll())
        .as("operators learn enough")
        .contains(
            "Events are refused",
            "was refused: status 400, query_shard_exception; illegal_argument_exception",
            "was refused: status 500, null_pointer_exception; illegal_argument_exception",
            "was refused: status 403, security_exception: why",
            "was refused: status 502");
    assertThat(Markers.found(output.getAll(), secrets())).isEmpty();
  }

  private static List<String> secrets() {
    String login = "elastic:" + PASSWORD;
    List<String> all = new ArrayList<>(Markers.PERSONAL);
    all.addAll(Markers.KEYS);
    all.add(PASSWORD);
    all.add(Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    return all;
  }

  /** Has something in it that a client has sent. */
  private static boolean hasData(Request request) {
    return request.isBulk() || request.path().endsWith("/_search");
  }

  private static Map<String, Function<Request, StandIn.Answer>> failures() {
    return Map.of(
        "a refusal", request -> quoting(400, "query_shard_exception"),
        "a defect", request -> quoting(500, "null_pointer_exception"),
        "no permission", request -> StandIn.error(403, "security_exception"),
        "a document that it cannot hold", FailingSecretsTests::refusedItem,
        "a page of a proxy", request -> new StandIn.Answer(502, "<html>marker-user</html>"),
        "something else", request -> new StandIn.Answer(200, "{\"marker-user\":\"marker-mail\"}"),
        "half of an answer", request -> new StandIn.Answer(200, "{\"marker-user\":["),
        "a closed connection", request -> StandIn.HANG_UP);
  }

  private static StandIn.Answer refusedItem(Request request) {
    String error = quoting(400, "document_parsing_exception").body();
    String item =
        error.substring(0, error.length() - 1) + ",\"_index\":\"i\",\"_id\":\"secrets-1\"}";
    return new StandIn.Answer(
        200, "{\"took\":1,\"errors\":true,\"items\":[{\"create\":" + item + "}]}");
  }

  private static StandIn.Answer quoting(int status, String type) {
    return new StandIn.Answer(
        status, QUOTING.replace("TYPE", type).replace("STATUS", Integer.toString(status)));
  }
}
