package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.local.OnElasticsearch;
import com.astrobookings.logs.security.RawHttp.Answer;
import com.astrobookings.logs.web.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** Nothing secret and nothing personal is printed, however much is logged. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "logging.level.root=TRACE",
      // Prints the lines of this list.
      "logging.level.org.springframework.test=INFO",
      "spring.elasticsearch.api-key=ZWxhc3RpYy1rZXk6bWFya2Vy",
    })
@OnElasticsearch
@ContextConfiguration(initializers = SecuredServer.Credentials.class)
@ExtendWith(OutputCaptureExtension.class)
class SecretsIT {

  private static final String HOST = "Host: localhost";
  private static final String TOKEN =
      TestIssuer.INSTANCE.signed(TestIssuer.INSTANCE.claims("logs:read").build());

  private static final List<String> MARKERS =
      List.of(
          TestKeys.ALL.substring(TestKeys.ALL.lastIndexOf('_')),
          TestKeys.of(Scope.READ).substring(13),
          TestKeys.WRONG.substring(13),
          "ZWxhc3RpYy1rZXk6bWFya2Vy",
          TOKEN.substring(TOKEN.lastIndexOf('.') + 1),
          "marker-user",
          "marker-mail",
          "marker-recipient",
          "marker-stack",
          "192.0.2.123",
          "marker-invalid");

  private static final String EVENTS =
      """
      [{"type":"AUTH","id":"secrets-1","timestamp":"2024-08-11T09:30:00Z","userId":"marker-user",
        "email":"marker-mail@example.com","ipAddress":"192.0.2.123","result":"FAIL"},
       {"type":"NOTIFY","id":"secrets-2","timestamp":"2024-08-11T09:30:00Z","jobId":"j",
        "notificationType":"n","recipient":"marker-recipient@example.com","status":"STATUS"},
       {"type":"ERROR","id":"secrets-3","timestamp":"2024-08-11T09:30:00Z","errorCode":"e",
        "errorMessage":"m","stackTrace":"marker-stack"},
       {"type":"AUTH","userId":7,"email":"marker-invalid","ipAddress":"marker-invalid"}]\
      """;

  @LocalServerPort private int port;

  @Test
  void theSearchFindsWhatIsPrinted(CapturedOutput output) {
    LoggerFactory.getLogger("some.library").trace("a line with {}", "marker-user");

    assertThat(output.getAll()).contains("marker-user");
  }

  @Test
  void markersAreNeverPrinted(CapturedOutput output) throws Exception {
    List<Answer> answers = new ArrayList<>();
    for (String status : new String[] {"SUCCESS", "SUCCESS", "FAIL"}) {
      answers.add(post(EVENTS.replace("STATUS", status)));
    }
    answers.add(get("/api/v1/logs?type=AUTH,NOTIFY,ERROR", TestKeys.ALL));
    answers.add(get("/api/v1/logs/secrets-1", TestKeys.ALL));
    assertThat(answers).extracting(Answer::status).containsOnly(200, 207);
    List<Answer> refused = new ArrayList<>();
    refused.add(get("/api/v1/logs?type=AUTH", TOKEN + "x"));
    refused.add(get("/api/v1/logs?type=AUTH", TestKeys.WRONG));
    refused.add(get("/actuator/prometheus", TestKeys.of(Scope.READ)));
    refused.add(get("/actuator/env", TestKeys.ALL));
    refused.add(get("/api/v1/logs?access_token=" + TestKeys.ALL, TOKEN));
    refused.add(get("/api/v1/logs?cursor=marker-invalid", TOKEN));
    assertThat(refused).extracting(Answer::status).containsOnly(400, 401, 403, 404);
    get("/actuator/health", TestKeys.ALL);

    assertThat(output.getAll()).contains("DEBUG", "TRACE").hasSizeGreaterThan(10_000);
    for (String marker : MARKERS) {
      assertThat(output.getAll().lines().filter(line -> line.contains(marker)))
          .as("lines with %s", marker)
          .isEmpty();
      assertThat(refused).noneMatch(answer -> answer.text().contains(marker));
    }
  }

  @Test
  void theConfigurationIsNotShown() throws Exception {
    for (String path : new String[] {"/actuator/env", "/actuator/configprops", "/actuator/beans"}) {
      assertThat(get(path, TestKeys.ALL).status()).as(path).isEqualTo(404);
    }
  }

  private Answer get(String path, String credential) throws Exception {
    return RawHttp.send(
        port, "GET " + path + " HTTP/1.1", HOST, "Authorization: Bearer " + credential);
  }

  private Answer post(String body) throws Exception {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return RawHttp.send(
        port,
        "POST /api/v1/logs?refresh=wait_for HTTP/1.1",
        HOST,
        "Authorization: Bearer " + TestKeys.ALL,
        "Content-Type: application/json",
        "Content-Length: " + length,
        "",
        body);
  }
}
