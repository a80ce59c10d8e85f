package com.astrobookings.logs.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

/** The view of events: its figures are those of the API, and each leads to its events. */
class EventsViewIT extends ConsolePage {

  private static final Instant START = Instant.parse("2024-03-05T10:00:00Z");
  private static final Map<String, Object> HOUR =
      Map.of("from", START.toString(), "to", START.plusSeconds(3_599).toString(), "tz", "UTC");
  private static final String RANGE =
      "from=%s&to=%s&tz=UTC".formatted(HOUR.get("from"), HOUR.get("to"));

  private static boolean seeded;

  @BeforeEach
  void seed() {
    if (!seeded) {
      send(SeededHour.at(START));
      seeded = true;
    }
  }

  private static Map<String, Object> hour(Object... more) {
    Map<String, Object> parameters = new LinkedHashMap<>(HOUR);
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
  void everyFacetCountsLikeTheApiAndLeadsToAsManyEvents() {
    open("events?" + RANGE);
    awaitTotal(total(HOUR));
    for (String name : List.of("type", "outcome", "source", "errorCode", "ipAddress", "userId")) {
      JsonNode values = stats(hour("by", name, "size", "8")).path("values");
      List<String> expected =
          values
              .valueStream()
              .map(value ->
                  value.path("value").asString() + " " + shown(value.path("count").asLong()))
              .toList();
      assertThat(browser.texts("[data-facet=" + name + "] .value"))
          .as(name)
          .extracting(text -> text.replaceAll("\\s+", " "))
          .isEqualTo(expected);
    }
    browser.click("[data-facet=errorCode] .value");
    awaitTotal(total(hour("errorCode", "BOOKING-409")));
    assertThat(browser.texts(".chip")).singleElement().asString().contains("Error code is");
  }

  @Test
  void theTilesAndTabsLeadToTheirEvents() {
    open("events?" + RANGE);
    Map<String, Map<String, Object>> tiles =
        Map.of(
            "errors", hour("type", "ERROR"),
            "signins", hour("type", "AUTH", "outcome", "FAIL"),
            "notifications", hour("type", "NOTIFY", "outcome", "FAIL"),
            "reconciliations", hour("type", "RECONCILE", "q", "reconcile.discrepancies_found > 0"));
    tiles.forEach((name, asked) -> {
      open("events?" + RANGE);
      long expected = total(asked);
      assertThat(browser.text("[data-tile=" + name + "] .figure")).isEqualTo(shown(expected));
      browser.click("[data-tile=" + name + "]");
      awaitTotal(expected);
    });
    assertThat(browser.text("[data-view=errors]")).contains(shown(total(hour("type", "ERROR"))));
  }

  @Test
  void theHistogramHasTheFiguresOfTheApiAlsoAsATable() {
    open("events?" + RANGE);
    JsonNode buckets = stats(hour("interval", "auto", "by", "type")).path("buckets");
    browser.click(".histogram .figures summary");
    List<String> counts = browser.texts(".histogram .numbers tbody td:nth-of-type(1)");
    assertThat(counts)
        .isEqualTo(
            buckets.valueStream().map(bucket -> shown(bucket.path("count").asLong())).toList());
    assertThat(browser.text(".legend"))
        .contains("ERROR " + total(hour("type", "ERROR")))
        .contains("AUTH " + total(hour("type", "AUTH")));
  }

  @Test
  void draggingZoomsAndBackAndForwardRestoreTheRange() {
    open("events?" + RANGE);
    long all = total(HOUR);
    awaitTotal(all);
    String before = browser.address();
    browser.drag(".chart .u-over", 0.5, 0.75);
    browser.await("another range", page -> !page.address().equals(before));
    browser.awaitIdle();
    Map<String, String> zoomed = stateOf(browser.address());
    assertThat(Instant.parse(zoomed.get("from")))
        .isBetween(START.plusSeconds(1_700), START.plusSeconds(1_900));
    assertThat(Instant.parse(zoomed.get("to")))
        .isBetween(START.plusSeconds(2_600), START.plusSeconds(2_800));
    long part = total(hour("from", zoomed.get("from"), "to", zoomed.get("to")));
    assertThat(part).isLessThan(all);
    awaitTotal(part);
    browser.back();
    awaitTotal(all);
    browser.forward();
    awaitTotal(part);
  }

  private static Map<String, String> stateOf(String address) {
    Map<String, String> state = new LinkedHashMap<>();
    for (String pair : address.substring(address.indexOf('?') + 1).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      state.put(
          parts[0], java.net.URLDecoder.decode(parts[1], java.nio.charset.StandardCharsets.UTF_8));
    }
    return state;
  }

  @Test
  void includesExcludesAndPivotsByOneClickOnAValue() {
    open("events?" + RANGE + "&type=ERROR&errorCode=PAY-TIMEOUT");
    awaitTotal(total(hour("errorCode", "PAY-TIMEOUT")));
    browser.click("[data-facet=errorCode] .selected .value");
    awaitTotal(total(hour("type", "ERROR")));
    browser.click("[data-facet=errorCode] li button[aria-label^='Without']");
    awaitTotal(total(hour("type", "ERROR", "q", "not error.code: \"BOOKING-409\"")));
    browser.click(".rows > .row");
    browser.click("button[aria-label='Only Source payments']");
    awaitTotal(
        total(hour("type", "ERROR", "source", "payments", "q", "not error.code: \"BOOKING-409\"")));
    browser.click(".rows > .row");
    browser.click("button[aria-label^='Everything with Source payments']");
    awaitTotal(total(hour("source", "payments")));
    browser.click(".chips button.link");
    awaitTotal(total(HOUR));
  }

  @Test
  void anOpenedRowShowsAllMembersAndTheTraceWithForeignFramesFolded() {
    open("events?" + RANGE + "&errorCode=BOOKING-409");
    browser.click(".rows > .row");
    JsonNode event =
        ask("/api/v1/logs/search", hour("errorCode", "BOOKING-409", "order", "desc", "limit", "1"))
            .path("logs")
            .path(0);
    List<String> members = browser.texts(".members th");
    event.propertyNames().stream()
        .filter(name -> !name.equals("stackTrace") && !name.equals("labels"))
        .forEach(name -> assertThat(members).contains(name));
    assertThat(members).contains("label region");
    assertThat(browser.texts(".frame-own"))
        .hasSize(3)
        .first()
        .asString()
        .contains("SeatMap.reserve");
    assertThat(browser.texts(".frames summary"))
        .containsExactly("4 frames of java.lang, org.springframework, reactor.core");
    browser.click(".detail button[aria-pressed]");
    assertThat(JSON.readTree(browser.text(".detail .json"))).isEqualTo(event);
    assertThat(browser.address()).contains("open=" + event.path("id").asString());
    assertThat(browser.violations()).isEmpty();
  }

  @Test
  void underlinesErrorsOfTheTextAtTheirPlacesAndCompletesFieldsAndValues() {
    expectedMessages.add("400 (Bad Request)");
    open("events?" + RANGE);
    browser.type("#q", "event.outcom: failure and source.ip: nowhere" + Keys.ENTER);
    browser.await("two errors", page -> page.texts("#q-errors li").size() == 2);
    assertThat(browser.texts(".backdrop mark")).containsExactly("event.outcom", "nowhere");
    assertThat(browser.text("#q-errors")).contains("did you mean event.outcome?");
    assertThat(browser.violations()).isEmpty();
    browser.type("#q", "error.c");
    browser.await(
        "a suggestion",
        page -> page.texts("#suggestions li").contains("error.code\nerrorCode · ERROR"));
    browser.press(Keys.TAB);
    browser.await("values", page -> page.texts("#suggestions li").contains("PAY-TIMEOUT\n12"));
    browser.press("PAY");
    browser.await("one value", page -> page.texts("#suggestions li").size() == 1);
    browser.press(Keys.ARROW_DOWN, Keys.ENTER, Keys.ENTER);
    awaitTotal(12);
  }

  @Test
  void theKeyboardAloneLeadsFromTheStartToAnOpenedRow() {
    open("events?" + RANGE);
    browser.press("/");
    browser.press("event.code: ERROR" + Keys.ENTER);
    awaitTotal(total(hour("type", "ERROR")));
    browser.press(Keys.ESCAPE, "j", "j", Keys.ENTER);
    browser.find("div.opened .members");
    assertThat(browser.address()).contains("open=");
    browser.press("?");
    browser.find("#help[open]");
    browser.press(Keys.ESCAPE);
    browser.press("2");
    browser.await("the view of errors", page -> page.address().contains("#errors"));
    browser.awaitIdle();
  }

  @Test
  void showsTheEventsAroundOne() {
    open("events?" + RANGE + "&errorCode=PAY-TIMEOUT");
    browser.click(".rows > .row");
    browser.click(".detail .bar button");
    browser.find("#around-title");
    browser.awaitIdle();
    browser.await("41 rows", page -> page.all(".rows > .row").size() == 41);
    assertThat(browser.all(".rows > .row.marked")).hasSize(1);
    assertThat(browser.text(".rows > .row.marked")).contains("PAY-TIMEOUT");
    assertThat(browser.violations()).isEmpty();
    browser.back();
    browser.find("#list-title");
    browser.awaitIdle();
  }
}
