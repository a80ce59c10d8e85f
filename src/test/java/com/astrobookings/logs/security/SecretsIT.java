package com.astrobookings.logs.security;

import static com.astrobookings.logs.security.Markers.CONFLICTING;
import static com.astrobookings.logs.security.Markers.EVENTS;
import static com.astrobookings.logs.security.Markers.INVALID;
import static com.astrobookings.logs.security.Markers.found;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.local.OnElasticsearch;
import com.astrobookings.logs.security.RawHttp.Answer;
import com.astrobookings.logs.web.Scope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** Nothing secret and nothing personal is printed, however much is logged. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "logging.level.root=TRACE",
      // Prints the lines of this list.
      "logging.level.org.springframework.test=INFO",
      "management.endpoints.web.exposure.include=*",
      "spring.elasticsearch.api-key=" + SecretsIT.ELASTIC_KEY,
    })
@OnElasticsearch
@ExtendWith(OutputCaptureExtension.class)
class SecretsIT {

  static final String ELASTIC_KEY = "ZWxhc3RpYy1rZXk6bWFya2Vy";

  private static final String TOKEN =
      TestIssuer.INSTANCE.signed(TestIssuer.INSTANCE.claims("logs:read").build());

  private static final String READER = TestKeys.of(Scope.READ);

  /** They print whole addresses, headers and bodies: the README says that they stay quiet. */
  private static final List<String> LOUD =
      List.of(
          "org.springframework.web.server.adapter.HttpWebHandlerAdapter",
          "co.elastic.clients.transport.rest5_client.low_level.Request",
          "org.apache.hc.client5.http.wire",
          "org.apache.hc.client5.http.headers");

  @Autowired private LoggingSystem logging;
  @Autowired private EnvironmentEndpoint environment;
  @LocalServerPort private int port;

  @DynamicPropertySource
  static void credentials(DynamicPropertyRegistry properties) {
    TestKeys.properties().forEach((name, value) -> properties.add(name, () -> value));
    TestIssuer.INSTANCE.properties().forEach((name, value) -> properties.add(name, () -> value));
  }

  @AfterAll
  static void quiet(@Autowired LoggingSystem logging) {
    logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
  }

  @Test
  void markersAreNeitherPrintedNorRepeated(CapturedOutput output) throws Exception {
    List<Answer> receipts = receipts();
    List<Answer> pages = pages();
    List<Answer> problems = problems();

    assertThat(receipts).extracting(Answer::status).containsExactly(207, 207, 422, 409);
    assertThat(pages).extracting(Answer::status).containsOnly(200);
    assertThat(pages).extracting(Answer::body).allMatch(body -> body.contains("\"secrets-"));
    assertThat(pages).extracting(Answer::body).allMatch(body -> body.contains("marker-"));
    assertThat(problems)
        .extracting(Answer::problem)
        .containsExactly(
            "unauthenticated",
            "unauthenticated",
            "forbidden",
            "not-found",
            "invalid-parameter",
            "forbidden",
            "forbidden",
            "forbidden",
            "invalid-parameter",
            "invalid-parameter",
            "invalid-parameter",
            "invalid-parameter",
            "unreadable-body",
            "unreadable-body");
    Markers.assertSilent(receipts);
    Markers.assertSilent(problems);
    assertThat(output.getAll()).contains("DEBUG", "TRACE").hasSizeGreaterThan(10_000);
    assertThat(found(output.getAll(), markers())).isEmpty();

    LOUD.forEach(logger -> logging.setLogLevel(logger, LogLevel.TRACE));
    pages();
    LOUD.forEach(logger -> logging.setLogLevel(logger, LogLevel.INFO));

    for (String marker : List.of(ELASTIC_KEY, "marker-user", "marker-mail", "192.0.2.123")) {
      assertThat(found(output.getAll(), List.of(marker))).as("finds " + marker).isNotEmpty();
    }
  }

  private List<Answer> receipts() throws Exception {
    String path = "/api/v1/logs?refresh=wait_for";
    return List.of(
        Markers.post(port, path, TestKeys.ALL, EVENTS.replace("STATUS", "SUCCESS")),
        Markers.post(port, path, TestKeys.ALL, EVENTS.replace("STATUS", "FAIL")),
        Markers.post(port, path, TestKeys.ALL, INVALID),
        Markers.post(port, path, TestKeys.ALL, CONFLICTING));
  }

  private List<Answer> pages() throws Exception {
    List<Answer> pages = new ArrayList<>();
    for (String path :
        new String[] {
          "?type=AUTH,NOTIFY,ERROR&from=2019-05-06&to=2019-05-06",
          "?email=marker-mail@example.com",
          "?userId=marker-user",
          "?ipAddress=192.0.2.123",
          "?recipient=marker-recipient@example.com",
          "?label.who=marker-label",
          "?q=user.id:marker-user",
          "?q=marker-message",
          "/secrets-1"
        }) {
      pages.add(Markers.get(port, "/api/v1/logs" + path, TestKeys.ALL));
    }
    String question = "{\"email\":\"marker-mail@example.com\",\"ipAddress\":\"192.0.2.123\"}";
    pages.add(Markers.post(port, "/api/v1/logs/search", TestKeys.ALL, question));
    return pages;
  }

  private List<Answer> problems() throws Exception {
    String search = "/api/v1/logs/search";
    return List.of(
        Markers.get(port, "/api/v1/logs?type=AUTH", TOKEN + "x"),
        Markers.get(port, "/api/v1/logs?type=AUTH", TestKeys.WRONG),
        Markers.get(port, "/actuator/prometheus", READER),
        Markers.get(port, "/actuator/env", TestKeys.ALL),
        Markers.get(port, "/api/v1/logs?access_token=" + TestKeys.ALL, TOKEN),
        Markers.get(port, "/api/v1/logs?email=marker-mail@example.com", READER),
        Markers.get(port, "/api/v1/logs?q=user.id:marker-user", READER),
        Markers.post(port, search, READER, "{\"userId\":\"marker-user\"}"),
        Markers.get(port, "/api/v1/logs?cursor=marker-user", TestKeys.ALL),
        Markers.get(port, "/api/v1/logs?ipAddress=192.0.2.123.marker-user", TestKeys.ALL),
        Markers.get(port, "/api/v1/logs?from=marker-user&limit=marker-mail", TestKeys.ALL),
        Markers.post(port, search, TestKeys.ALL, "{\"q\":\"user.id:*marker-user\"}"),
        Markers.post(port, search, TestKeys.ALL, "{\"userId\":\"marker-user\",marker-mail}"),
        Markers.post(
            port, "/api/v1/logs", TestKeys.ALL, "{\"userId\":\"marker-user\",marker-mail}"));
  }

  private static List<String> markers() {
    List<String> all = new ArrayList<>(Markers.PERSONAL);
    all.addAll(Markers.KEYS);
    all.add(ELASTIC_KEY);
    all.add(TOKEN.substring(TOKEN.lastIndexOf('.') + 1));
    return all;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"env", "configprops", "beans", "heapdump", "threaddump", "loggers", "mappings"})
  void theConfigurationIsNotShownEvenIfItIsExposed(String endpoint) throws Exception {
    Answer answer = Markers.get(port, "/actuator/" + endpoint, TestKeys.ALL);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.problem()).isEqualTo("not-found");
  }

  @Test
  void theConfigurationIsMaskedWhereItWouldBeShown() {
    String shown = JsonMapper.shared().writeValueAsString(environment.environment(null));

    assertThat(shown).contains("spring.elasticsearch.api-key", "logs.security.api-keys[0].hash");
    assertThat(shown).contains("******").doesNotContain(ELASTIC_KEY, "00000000:");
  }
}
