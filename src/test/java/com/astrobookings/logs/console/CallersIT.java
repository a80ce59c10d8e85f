package com.astrobookings.logs.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.security.TestKeys;
import com.astrobookings.logs.testing.Http;
import com.astrobookings.logs.web.Scope;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What callers see whose keys allow different things, and how they sign in. */
class CallersIT extends ConsolePage {

  private static final Instant START = Instant.parse("2024-03-09T10:00:00Z");
  private static final String RANGE =
      "from=%s&to=%s&tz=UTC".formatted(START, START.plusSeconds(3_599));

  private static boolean seeded;

  @DynamicPropertySource
  static void keys(DynamicPropertyRegistry registry) {
    TestKeys.properties().forEach((name, value) -> registry.add(name, () -> value));
  }

  @BeforeEach
  void seed() {
    expectedMessages.addAll(List.of("401 (Unauthorized)", "403 (Forbidden)"));
    if (!seeded) {
      String lines =
          SeededHour.at(START).stream()
              .map(JSON::writeValueAsString)
              .collect(Collectors.joining("\n"));
      HttpRequest.Builder request =
          Http.posting(uri("/api/v1/logs?refresh=wait_for"), "application/x-ndjson", lines)
              .header("Authorization", "Bearer " + TestKeys.ALL);
      assertThat(Http.send(request).statusCode()).isEqualTo(200);
      seeded = true;
    }
  }

  private void openAs(String view, String key) {
    browser.open(uri("/").toString());
    browser.js(
        """
        sessionStorage.setItem('apiKey', arguments[1]);
        history.replaceState(null, '', arguments[0]);
        location.reload()\
        """,
        "#" + view + "?" + RANGE,
        key);
    browser.awaitIdle();
  }

  @Test
  void asksForAKeyAndLeadsBackToTheView() {
    String state = "#events?" + RANGE + "&type=ERROR";
    browser.open(uri("/").toString());
    browser.js("history.replaceState(null, '', arguments[0]); location.reload()", state);
    browser.find("#login[open]");
    browser.type("#login input", TestKeys.WRONG + Keys.ENTER);
    browser.await("a refusal", page -> page.text("#login").contains("does not accept this key"));
    assertThat(browser.violations()).isEmpty();
    browser.type("#login input", TestKeys.ALL + Keys.ENTER);
    browser.await("the errors", page -> page.text("#list-title").equals("42 events"));
    browser.awaitIdle();
    assertThat(browser.address()).endsWith(state.replace(":", "%3A").substring(state.indexOf('&')));
    assertThat(browser.js("return JSON.stringify(localStorage)").toString())
        .doesNotContain(TestKeys.ALL);
    assertThat(browser.address()).doesNotContain(TestKeys.ALL);
  }

  @Test
  void aKeyThatOnlySendsSeesWhichScopeIsMissing() {
    openAs("events", TestKeys.of(Scope.INGEST));
    browser.await("a hint", page -> page.text(".list").contains("needs the scope logs:read"));
    assertThat(browser.all(".rows > .row")).isEmpty();
    assertThat(browser.violations()).isEmpty();
  }

  @Test
  void aKeyWithoutPersonalDataSeesEverythingElseAndWhatIsMissing() {
    openAs("events", TestKeys.of(Scope.READ));
    browser.await("facets", page -> !page.all("[data-facet=userId] .missing").isEmpty());
    assertThat(browser.text("[data-facet=ipAddress]")).contains("logs:pii");
    assertThat(browser.text("[data-facet=errorCode]")).contains("BOOKING-409", "30");
    assertThat(browser.text(".rows")).contains("account hidden").doesNotContain("10.1.");
    assertThat(browser.violations()).isEmpty();
    openAs("signins", TestKeys.of(Scope.READ));
    assertThat(browser.text("#signins")).contains("failed attempts");
    assertThat(browser.text("#addresses")).contains("logs:pii");
    assertThat(browser.text("#accounts")).contains("logs:pii");
    assertThat(browser.violations()).isEmpty();
  }

  @Test
  void aKeyWithPersonalDataSeesAll() {
    openAs("signins", TestKeys.ALL);
    assertThat(browser.text("#addresses tbody tr")).contains(SeededHour.SPRAYING_ADDRESS);
    openAs("events", TestKeys.ALL);
    assertThat(browser.text("[data-facet=ipAddress]")).contains(SeededHour.SPRAYING_ADDRESS);
    assertThat(browser.texts(".missing")).isEmpty();
    browser.js(
        "[...document.querySelectorAll('.tools button')].find(b => b.innerText === 'Sign out').click()");
    browser.find("#login[open]");
    assertThat(Map.of("key", String.valueOf(browser.js("return sessionStorage.getItem('apiKey')"))))
        .containsEntry("key", "null");
  }
}
