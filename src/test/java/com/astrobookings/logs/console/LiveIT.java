package com.astrobookings.logs.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.local.TestElasticsearch;
import com.astrobookings.logs.paging.Service;
import com.astrobookings.logs.testing.Http;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

/** Following new events, also over a restart of the service. */
class LiveIT {

  private static Browser browser;

  private final String source = "live-" + UUID.randomUUID();
  private final int port = freePort();
  private ConfigurableApplicationContext service;
  private int sent;

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

  @BeforeEach
  void startService() {
    service =
        new SpringApplicationBuilder(
                ClassUtils.resolveClassName("com.astrobookings.logs.LogsApplication", null))
            .initializers(Service::keepThreadsApart)
            .run(
                "--server.port=" + port,
                "--server.shutdown=immediate",
                "--spring.elasticsearch.uris=" + TestElasticsearch.uri());
  }

  @AfterEach
  void stopService() {
    service.close();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private void send(int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("type", "ERROR");
      event.put("timestamp", Instant.now().toString());
      event.put("id", UUID.randomUUID().toString());
      event.put("source", source);
      event.put("errorCode", "E%04d".formatted(sent++));
      event.put("errorMessage", "came in live");
      lines.add(JsonMapper.shared().writeValueAsString(event));
    }
    HttpResponse<String> answer =
        Http.post(
            uri("/api/v1/logs?verbose=false&refresh=wait_for"),
            "application/x-ndjson",
            lines.stream().collect(Collectors.joining("\n")));
    assertThat(Http.json(answer).path("stored").asInt()).as(answer.body()).isEqualTo(count);
  }

  private void follow() {
    browser.open(uri("/").toString());
    browser.js(
        "history.replaceState(null, '', arguments[0]); location.reload()",
        "#events?from=now-15m&to=now&tz=UTC&source=" + source);
    browser.awaitIdle();
    browser.click("#live");
    awaitStep("open");
  }

  private static void awaitStep(String step) {
    browser.await("step " + step, page -> !page.all("[data-step=" + step + "]").isEmpty());
  }

  private void awaitRows(int count) {
    browser.await(count + " rows", page -> codes().size() == count);
    assertThat(codes()).doesNotHaveDuplicates();
    assertThat(new HashSet<>(codes())).hasSize(count);
  }

  private static List<String> codes() {
    return browser.texts(".rows > .row .line b");
  }

  @Test
  void showsEachEventOnceAlsoThoseOfARestart() {
    send(3);
    follow();
    awaitRows(3);
    send(5);
    awaitRows(8);
    assertThat(codes().getFirst()).as("newest first").isEqualTo("E0007");
    service.close();
    awaitStep("waiting");
    assertThat(browser.text(".live-bar")).contains("Disconnected. Connecting again");
    startService();
    send(4);
    awaitStep("open");
    assertThat(browser.text(".live-bar")).contains("nothing was missed");
    awaitRows(12);
    send(2);
    awaitRows(14);
    browser.await("the total", page -> page.text("#list-title").equals("14 events"));
  }

  @Test
  void staysWhereTheReaderIsAndSaysHowManyAreNew() {
    send(120);
    follow();
    browser.js("document.querySelectorAll('.rows > .row')[50].click()");
    browser.find("div.opened .members");
    String opened = browser.text(".rows > .row.opened");
    send(7);
    browser.await("7 new", page -> page.text("#show-new").contains("7 new"));
    assertThat(browser.text(".rows > .row.opened")).isEqualTo(opened);
    assertThat(codes().getFirst()).isEqualTo("E0119");
    browser.press("n");
    browser.await("the newest", page -> codes().contains("E0126"));
    assertThat(browser.all("#show-new")).isEmpty();
    browser.click("#live");
    browser.await("no following", page -> page.all(".live-bar").isEmpty());
  }
}
