package com.astrobookings.logs.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The views of errors, sign-ins and jobs: their figures are those of the API and of the lists. */
class OtherViewsIT extends ConsolePage {

  private static final Instant START = Instant.parse("2024-03-06T10:00:00Z");
  private static final String FROM = START.toString();
  private static final String TO = START.plusSeconds(3_599).toString();
  private static final String RANGE = "from=%s&to=%s&tz=UTC".formatted(FROM, TO);

  private static boolean seeded;

  @BeforeEach
  void seed() {
    if (!seeded) {
      send(SeededHour.at(START));
      List<Map<String, Object>> earlier =
          new ArrayList<>(SeededHour.at(START.minusSeconds(86_400)));
      earlier.removeIf(event -> !"BOOKING-409".equals(event.get("errorCode")));
      send(earlier);
      seeded = true;
    }
  }

  private static Map<String, Object> hour(Object... more) {
    Map<String, Object> parameters = new LinkedHashMap<>(Map.of("from", FROM, "to", TO));
    for (int i = 0; i < more.length; i += 2) {
      parameters.put((String) more[i], more[i + 1]);
    }
    return parameters;
  }

  private void awaitTotal(long total) {
    String title = shown(total) + (total == 1 ? " event" : " events");
    browser.await(title, page -> page.text("#list-title").equals(title));
    browser.awaitIdle();
  }

  @Test
  void groupsErrorsAndMarksThoseThatAreNew() {
    open("errors?" + RANGE);
    JsonNode groups =
        stats(hour("type", "ERROR", "by", "errorGroup", "size", "100")).path("values");
    assertThat(groups.size()).isEqualTo(2);
    browser.await("a group that is new", page -> page.texts(".new").size() == 1);
    for (JsonNode group : groups) {
      String row = "tr[data-group='" + group.path("value").asString() + "'] ";
      assertThat(browser.text(row + "td.figure")).isEqualTo(shown(group.path("count").asLong()));
      assertThat(browser.text(row + "time[datetime='" + group.path("lastSeen").asString() + "']"))
          .isNotEmpty();
    }
    JsonNode booking = groups.path(0);
    String row = "tr[data-group='" + booking.path("value").asString() + "'] ";
    assertThat(booking.path("count").asLong()).isEqualTo(30);
    assertThat(browser.text(row)).contains("java.lang.IllegalStateException").doesNotContain("NEW");
    assertThat(browser.text(row + "time"))
        .as("first seen, on the day before")
        .contains("2024-03-05");
    assertThat(browser.violations()).isEmpty();
    browser.click(row + "td.figure a");
    awaitTotal(30);
  }

  @Test
  void showsWhichAddressTriesManyAccountsAndWhichAccountIsTriedFromMany() {
    open("signins?" + RANGE);
    long failed = total(hour("type", "AUTH", "outcome", "FAIL"));
    assertThat(browser.text("#signins .overview"))
        .contains(shown(failed) + " failed attempts")
        .contains(shown(total(hour("type", "AUTH"))) + " attempts");
    assertThat(browser.texts("#addresses tbody tr:first-child td"))
        .startsWith(SeededHour.SPRAYING_ADDRESS, "60", "60", "59", "98.3%");
    assertThat(
            stats(hour("ipAddress", SeededHour.SPRAYING_ADDRESS, "by", "userId", "size", "1000"))
                .path("values")
                .size())
        .isEqualTo(60);
    assertThat(browser.texts("#accounts tbody tr:first-child td"))
        .startsWith(SeededHour.TRIED_ACCOUNT, "10");
    assertThat(
            stats(hour("userId", SeededHour.TRIED_ACCOUNT, "by", "ipAddress"))
                .path("values")
                .size())
        .isEqualTo(10);
    assertThat(browser.violations()).isEmpty();
    browser.click("#addresses tbody tr:first-child td:nth-child(4) a");
    awaitTotal(
        total(hour("ipAddress", SeededHour.SPRAYING_ADDRESS, "type", "AUTH", "outcome", "FAIL")));
  }

  @Test
  void answersWhichAddressTriedTheMostAccountsWithOneClickFromTheStart() {
    Instant hour = Instant.now().minusSeconds(3_500).truncatedTo(ChronoUnit.SECONDS);
    List<Map<String, Object>> attempts = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      Map<String, Object> attempt = new LinkedHashMap<>();
      attempt.put("type", "AUTH");
      attempt.put("timestamp", hour.plusSeconds(i).toString());
      attempt.put("id", "spray-" + hour.getEpochSecond() + "-" + i);
      attempt.put("userId", "victim-" + i);
      attempt.put("ipAddress", "203.0.113.99");
      attempt.put("result", "FAIL");
      attempts.add(attempt);
    }
    send(attempts);
    browser.open(uri("/").toString());
    browser.awaitIdle();
    browser.click("[data-view=signins]");
    browser.awaitIdle();
    assertThat(browser.texts("#addresses tbody tr:first-child td"))
        .startsWith("203.0.113.99", "130");
  }

  @Test
  void listsTheLastRunsOfReconciliationsOverdueOnesFirst() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    List<Map<String, Object>> runs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      runs.add(run("a-punctual-process", now.minusSeconds(600L * i + 60), i == 1 ? 5 : 0));
      runs.add(run("b-late-process", now.minusSeconds(600L * i + 3_600), i == 0 ? 3 : 0));
    }
    send(runs);
    open("jobs?" + RANGE);
    List<String> processes =
        browser.texts("#runs tbody tr").stream().filter(row -> row.contains("-process")).toList();
    assertThat(processes).hasSize(2);
    assertThat(processes.getFirst()).contains("b-late-process", "overdue by", "every 10 min");
    assertThat(processes.getLast()).contains("a-punctual-process").doesNotContain("overdue");
    assertThat(browser.texts("tr[data-process=b-late-process] td.figure").getFirst())
        .isEqualTo("3");
    browser.click("tr[data-process=b-late-process] td.figure a");
    awaitTotal(1);
  }

  private static Map<String, Object> run(String process, Instant time, int discrepancies) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("id", process + "-" + time.getEpochSecond());
    run.put("type", "RECONCILE");
    run.put("timestamp", time.toString());
    run.put("process", process);
    run.put("recordsProcessed", 10);
    run.put("discrepanciesFound", discrepancies);
    run.put("timeTakenSeconds", 1.5);
    return run;
  }

  @Test
  void countsFailedNotificationsByType() {
    open("jobs?" + RANGE);
    JsonNode types = stats(hour("type", "NOTIFY", "by", "notificationType")).path("values");
    for (JsonNode type : types) {
      String row = "#notifications tr[data-value='" + type.path("value").asString() + "'] ";
      assertThat(browser.texts(row + "td.figure"))
          .startsWith(shown(type.path("failed").asLong()), shown(type.path("count").asLong()));
    }
    assertThat(browser.text("#notifications tbody tr")).startsWith("SMS");
    assertThat(browser.violations()).isEmpty();
    browser.click("#notifications tr[data-value=SMS] td.figure a");
    awaitTotal(total(hour("notificationType", "SMS", "outcome", "FAIL")));
  }
}
