package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.security.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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

/** Nobody writes lines of his own into the log, however much is logged. */
@SpringBootTest(
    classes = SecuredServer.Rooms.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.endpoint.health.validate-group-membership=false",
      "logging.level.root=DEBUG"
    })
@ContextConfiguration(initializers = SecuredServer.Credentials.class)
@ExtendWith(OutputCaptureExtension.class)
class LogInjectionTests {

  private static final Pattern LINE =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\S+ +(TRACE|DEBUG|INFO|WARN|ERROR) \\d+ --- \\[.*");

  private static final String HOST = "Host: localhost";
  private static final String READER = "Authorization: Bearer " + TestKeys.ALL;
  private static final String FORGED = "2026-01-01T00:00:00.000Z ERROR 1 --- forged";

  @LocalServerPort private int port;

  @AfterAll
  static void quiet(@Autowired LoggingSystem logging) {
    logging.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
  }

  @Test
  void everyLineBeginsAsOurs(CapturedOutput output) throws Exception {
    int before = output.getAll().length();

    List<Integer> statuses = new ArrayList<>();
    for (Answer answer : hostile()) {
      statuses.add(answer.status());
    }

    assertThat(statuses).containsExactly(400, 404, 400, 400, 400, 405, 401, 422, 422, 400, 201);
    String logged = output.getAll().substring(before);
    assertThat(logged.lines())
        .as("the output was captured")
        .anyMatch(line -> line.contains("LogsController#find"));
    assertThat(logged.lines()).filteredOn(LINE.asMatchPredicate().negate()).isEmpty();
  }

  private List<Answer> hostile() throws Exception {
    return List.of(
        get("/api/v1/logs/x%0a" + FORGED.replace(" ", "%20")),
        get("/api/v1/logs/logged-text"),
        get("/api/v1/logs?logged-text%0a" + FORGED.replace(' ', '+') + "=1"),
        get("/api/v1/logs", "User-Agent: x\n" + FORGED + ": 1"),
        get("/api/v1/logs", "X-Odd: a\u0000b\r\nFORGED: 1"),
        RawHttp.send(port, "FORGED /api/v1/logs HTTP/1.1", HOST, READER),
        RawHttp.send(port, "GET / HTTP/1.1", HOST, "Authorization: Bearer x\t" + FORGED),
        post("{\"type\":\"ERROR\\n" + FORGED + "\",\"errorCode\":\"E\",\"errorMessage\":\"m\"}"),
        post("{\"type\":\"ERROR\",\"x\\n" + FORGED + "\":1,\"errorCode\":\"E\"}"),
        post("{\"type\":\n" + FORGED + "}"),
        post(
            "{\"type\":\"ERROR\",\"errorCode\":\"E\",\"errorMessage\":\"m\\r\\n" + FORGED + "\"}"));
  }

  private Answer get(String path, String... headers) throws Exception {
    List<String> all = new ArrayList<>(List.of(HOST, READER));
    all.addAll(List.of(headers));
    return RawHttp.send(port, "GET " + path + " HTTP/1.1", all.toArray(String[]::new));
  }

  private Answer post(String body) throws Exception {
    return RawHttp.send(
        port,
        "POST /api/v1/logs HTTP/1.1",
        HOST,
        READER,
        "Content-Type: application/json",
        "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length,
        "",
        body);
  }
}
