package com.astrobookings.logs.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.local.OnElasticsearch;
import com.astrobookings.logs.testing.Http;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page of a running service in a browser. After each test the browser must have reported
 * nothing: no error of a script, no violation of the policy of the page.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnElasticsearch
abstract class ConsolePage {

  static final JsonMapper JSON = new JsonMapper();

  static Browser browser;

  /** Messages of the browser that the test provokes. */
  final List<String> expectedMessages = new ArrayList<>();

  @LocalServerPort int port;

  @BeforeAll
  static void openBrowser() {
    browser = Browser.open();
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nothingWasReported() {
    assertThat(browser.messages())
        .filteredOn(message -> expectedMessages.stream().noneMatch(message::contains))
        .as("messages of the browser")
        .isEmpty();
  }

  /** Opens the page with a state, and waits until everything is there. */
  void open(String state) {
    browser.open(uri("/").toString());
    browser.js("history.replaceState(null, '', arguments[0]); location.reload()", "#" + state);
    browser.awaitIdle();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Sends events and waits until searches see them. */
  void send(List<? extends Map<String, ?>> events) {
    String lines = events.stream().map(JSON::writeValueAsString).collect(Collectors.joining("\n"));
    HttpResponse<String> answer =
        Http.post(
            uri("/api/v1/logs?refresh=wait_for&verbose=false"), "application/x-ndjson", lines);
    assertThat(Http.json(answer).path("failed").asInt(-1)).as(answer.body()).isZero();
  }

  /** Returns what the API says. */
  JsonNode stats(Map<String, ?> parameters) {
    return ask("/api/v1/logs/stats", parameters);
  }

  /** Returns how many events the list has. */
  long total(Map<String, ?> parameters) {
    Map<String, Object> exact = new java.util.LinkedHashMap<>(parameters);
    exact.put("total", "exact");
    return ask("/api/v1/logs/search", exact).at("/total/value").asLong(-1);
  }

  JsonNode ask(String path, Map<String, ?> parameters) {
    HttpResponse<String> answer =
        Http.post(uri(path), "application/json", JSON.writeValueAsString(parameters));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Http.json(answer);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Returns a figure as the page shows it. */
  static String shown(long figure) {
    return "%,d".formatted(figure);
  }
}
