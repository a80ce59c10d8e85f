package com.astrobookings.logs.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.local.TestNode;
import com.astrobookings.logs.security.TestKeys;
import com.astrobookings.logs.testing.Http;
import com.astrobookings.logs.testing.ServiceProcess;
import com.astrobookings.logs.web.Scope;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Probes, metrics and lines of a running service, whose Elasticsearch comes and goes. */
class OperationsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Longer than a probe is answered from memory. */
  private static final Duration SOME_PROBES = Duration.ofSeconds(3);

  private static final String READINESS = "/actuator/health/readiness";
  private static final String LIVENESS = "/actuator/health/liveness";

  private static final Pattern METRIC =
      Pattern.compile("(?m)^\\| `(logs\\.[a-z.]+)` \\| (counter|timer) \\|");

  private static TestNode node;
  private static ServiceProcess service;

  @BeforeAll
  static void start() throws Exception {
    node = TestNode.start("operations");
    service =
        ServiceProcess.start(
            List.of(),
            Stream.concat(
                    Stream.of(
                        "--spring.elasticsearch.uris=" + node.uri(),
                        "--logging.structured.format.console=ecs"),
                    TestKeys.properties().entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue()))
                .toList());
  }

  /** With those of the outage and of the end. */
  @AfterAll
  static void everyLineWasAnObject() throws Exception {
    service.close();
    node.close();
    service.output().forEach(OperationsIT::parse);
  }

  @Test
  void isReadyWhileElasticsearchIsAwayBecauseTheSpoolHasRoom() throws Exception {
    await().atMost(PATIENCE).until(() -> health("eventStore") == 200);
    assertThat(get(READINESS, "").body()).isEqualTo("{\"status\":\"UP\"}");
    node.kill();
    try {
      await()
          .atMost(PATIENCE)
          .during(Duration.ofSeconds(1)) // in which what the loss itself prints has arrived
          .until(() -> isAlive() && isReady() && health("eventStore") == 503);
      int before = service.output().size();
      await()
          .atMost(PATIENCE)
          .during(SOME_PROBES)
          .until(() -> isAlive() && isReady() && health("eventStore") == 503);

      assertThat(health("spool")).isEqualTo(200);
      List<String> lines = service.output();
      assertThat(lines.subList(before, lines.size())).as("lines of probes").isEmpty();
    } finally {
      node.restart();
    }
    await().atMost(PATIENCE).until(() -> isAlive() && health("eventStore") == 200);
  }

  @Test
  void showsDetailsToAdministratorsAlone() throws Exception {
    HttpResponse<String> details = get("/actuator/health", TestKeys.of(Scope.ADMIN));

    assertThat(details.statusCode()).isEqualTo(200);
    JsonNode store =
        JsonMapper.shared().readTree(details.body()).at("/components/eventStore/details");
    assertThat(store.propertyNames()).contains("index", "state", "blocked");
    JsonNode spool = JsonMapper.shared().readTree(details.body()).at("/components/spool/details");
    assertThat(spool.propertyNames())
        .contains("waiting", "months", "deadLetters", "bytes", "maxBytes", "folder");
    assertThat(get("/actuator/health", TestKeys.of(Scope.READ)).statusCode()).isEqualTo(403);
    HttpResponse<String> stranger = get("/actuator/health", "");
    assertThat(stranger.statusCode()).isEqualTo(401);
    assertThat(stranger.body()).doesNotContain("eventStore", "components");
  }

  @Test
  void showsTheDocumentedMetricsInPrometheusFormat() throws Exception {
    HttpRequest.Builder event =
        request("/api/v1/logs", TestKeys.of(Scope.INGEST))
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"type\":\"ERROR\",\"errorCode\":\"E\",\"errorMessage\":\"m\"}"));
    assertThat(Http.send(event).statusCode()).isEqualTo(201);

    String metrics = get("/actuator/prometheus", TestKeys.of(Scope.METRICS)).body();

    List<MatchResult> documented =
        METRIC.matcher(Files.readString(Path.of("src/docs/operations.md"))).results().toList();
    assertThat(documented).hasSizeGreaterThan(2);
    for (MatchResult metric : documented) {
      String name = metric.group(1).replace('.', '_');
      Stream<String> shown =
          metric.group(2).equals("counter")
              ? Stream.of("_total")
              : Stream.of("_seconds_count", "_seconds_sum", "_seconds_max");
      assertThat(shown.map(end -> name + end))
          .allMatch(series ->
              Pattern.compile("(?m)^" + series + "(\\{.*})? \\d").matcher(metrics).find());
    }
    assertThat(metrics).containsPattern("logs_events_items_total\\{[^}]*status=\"stored\"[^}]*} 1");
  }

  @Test
  void printsObjectsThatCarryTheTraceOfTheirRequest() throws Exception {
    HttpResponse<String> refused = get("/api/v1/logs", TestKeys.WRONG);
    String trace = refused.headers().firstValue("X-Trace-Id").orElseThrow();

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(service.output().stream().map(OperationsIT::parse))
                .filteredOn(line -> line.path("message").asString().contains("was refused"))
                .extracting(line -> line.path("trace.id").asString(""))
                .contains(trace));
    assertThat(service.output()).hasSizeGreaterThan(3);
  }

  /** A line of the log in the Elastic Common Schema. */
  private static JsonNode parse(String line) {
    assertThat(line).startsWith("{").endsWith("}");
    JsonNode object = JsonMapper.shared().readTree(line);
    assertThat(object.path("@timestamp").asString("")).as(line).isNotEmpty();
    assertThat(object.at("/log/level").asString("")).as(line).isIn("INFO", "WARN", "ERROR");
    return object;
  }

  private static boolean isAlive() {
    return status(LIVENESS) == 200;
  }

  private static boolean isReady() {
    return status(READINESS) == 200;
  }

  private static int health(String component) {
    return get("/actuator/health/" + component, TestKeys.of(Scope.ADMIN)).statusCode();
  }

  private static int status(String path) {
    return get(path, "").statusCode();
  }

  private static HttpResponse<String> get(String path, String key) {
    return Http.send(request(path, key));
  }

  private static HttpRequest.Builder request(String path, String key) {
    HttpRequest.Builder request = HttpRequest.newBuilder(service.uri(path));
    return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
  }
}
