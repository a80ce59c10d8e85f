package com.astrobookings.logs.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.local.TestNode;
import com.astrobookings.logs.paging.Service;
import com.astrobookings.logs.web.TestClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Drops months from a real node, by a clock that the test sets. It begins on 2024-08-11. */
class RetentionIT {

  private static final String PREFIX = "astrobookings-events-";

  private static final TestClock CLOCK = new TestClock();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static TestNode node;
  private static ConfigurableApplicationContext service;

  @BeforeAll
  static void start() {
    node = TestNode.start("retention");
    service =
        new SpringApplicationBuilder(
                ClassUtils.resolveClassName("com.astrobookings.logs.LogsApplication", null))
            .initializers(Service::keepThreadsApart, RetentionIT::setTheClock)
            .run(
                "--server.port=0",
                "--spring.elasticsearch.uris=" + node.uri(),
                "--logs.retention=1m");
  }

  @AfterAll
  static void stop() {
    service.close();
    node.close();
    HTTP.close();
  }

  private static void setTheClock(ConfigurableApplicationContext context) {
    context
        .getBeanFactory()
        .addBeanPostProcessor(
            new BeanPostProcessor() {
              @Override
              public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Clock ? CLOCK : bean;
              }
            });
  }

  @Test
  void dropsWholeMonthsThatAreOldEnoughAndNothingElse() throws Exception {
    store("2024-05-15T00:00:00Z");
    store("2024-06-01T00:00:00Z");
    store("2024-06-30T23:59:59.999999999Z");
    store("2024-07-01T00:00:00Z");
    store("2024-08-11T10:00:00Z");
    Set<String> foreign =
        Set.of(PREFIX + "2024.05-copy", PREFIX + "2024.13", PREFIX + "backup", "other-2024.05");
    for (String index : foreign) {
      assertThat(elasticsearch("PUT", "/" + index, "{}")).isEqualTo(200);
    }
    assertThat(elasticsearch("POST", "/" + PREFIX + "2024.05/_close", "")).isEqualTo(200);

    JsonNode plan = plan("");
    assertThat(plan.path("retention").asString()).isEqualTo("P1M");
    assertThat(plan.path("time").asString()).isEqualTo("2024-08-11T10:00:00Z");
    assertThat(plan.path("months").valueStream().map(RetentionIT::summary))
        .containsExactly(
            "2024-05 0 true 2024-07-01T00:00:00Z",
            "2024-06 2 true 2024-08-01T00:00:00Z",
            "2024-07 1 false 2024-09-01T00:00:00Z",
            "2024-08 1 false 2024-10-01T00:00:00Z");
    assertThat(months()).as("after the dry run").contains("2024.05", "2024.06");

    run();

    assertThat(months())
        .containsExactlyInAnyOrder("2024.05-copy", "2024.13", "backup", "2024.07", "2024.08");
    MeterRegistry registry = service.getBean(MeterRegistry.class);
    assertThat(registry.counter("logs.retention.dropped.months").count()).isEqualTo(2);
    assertThat(registry.counter("logs.retention.dropped.events").count()).isEqualTo(2);

    CLOCK.pass(Duration.ofDays(21)); // 2024-09-01
    run();
    assertThat(months()).doesNotContain("2024.07").contains("2024.08");

    // The month comes back with its mapping if an event of it arrives later.
    store("2024-07-02T00:00:00Z");
    assertThat(months()).contains("2024.07");

    CLOCK.pass(Duration.ofDays(365_000)); // beyond the clock of the node
    assertThat(plan("?retention=1d").path("time").asString()).startsWith("20");
  }

  @Test
  void saysWhatAnotherRetentionWouldDrop() throws Exception {
    JsonNode plan = plan("?retention=999y");

    assertThat(plan.path("retention").asString()).isEqualTo("P999Y");
    assertThat(plan.path("months").valueStream()).noneMatch(m -> m.path("due").asBoolean());
    assertThat(send("GET", service("/api/v1/admin/retention?retention=0d"), "").statusCode())
        .isEqualTo(400);
    assertThat(send("GET", service("/api/v1/admin/retention?period=1m"), "").body())
        .contains("retention");
  }

  private static void run() {
    service.getBean(RetentionTask.class).run().block();
  }

  private static JsonNode plan(String query) throws Exception {
    HttpResponse<String> answer = send("GET", service("/api/v1/admin/retention" + query), "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String summary(JsonNode month) {
    return "%s %d %s %s"
        .formatted(
            month.path("month").asString(),
            month.path("events").asLong(),
            month.path("due").asBoolean(),
            month.path("dropAt").asString());
  }

  private static void store(String timestamp) throws Exception {
    String event =
        "{\"type\":\"ERROR\",\"timestamp\":\"%s\",\"errorCode\":\"E\",\"errorMessage\":\"m\"}"
            .formatted(timestamp);
    HttpResponse<String> answer = send("POST", service("/api/v1/logs?refresh=wait_for"), event);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /** The rest of the name of each index that begins with our prefix. */
  private static List<String> months() throws Exception {
    URI uri = node.uri().resolve("/_cat/indices/" + PREFIX + "*?h=index&expand_wildcards=all");
    return send("GET", uri, "")
        .body()
        .lines()
        .map(name -> name.strip().substring(PREFIX.length()))
        .toList();
  }

  private static int elasticsearch(String method, String path, String body) throws Exception {
    return send(method, node.uri().resolve(path), body).statusCode();
  }

  private static URI service(String path) {
    String port = service.getEnvironment().getRequiredProperty("local.server.port");
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static HttpResponse<String> send(String method, URI uri, String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
