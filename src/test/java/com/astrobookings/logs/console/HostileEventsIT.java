package com.astrobookings.logs.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whatever producers send is shown as text. */
class HostileEventsIT extends ConsolePage {

  private static final Instant START = Instant.parse("2024-03-07T10:00:00Z");
  private static final String MARKUP =
      "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>${window.hacked=1}";

  /** By what an event is recognised in its row. */
  private static final Map<String, String> MESSAGES = new LinkedHashMap<>();

  static {
    MESSAGES.put("MARKUP", MARKUP);
    MESSAGES.put("BIDI", "user \u202Egnp.exe\u202C is \u2066here\u2069");
    MESSAGES.put("NUL", "before\u0000after\u001b[31m\u0007");
    MESSAGES.put("EMOJI", "👩‍🚀 landed 🚀 e\u0301");
    MESSAGES.put("ENTITY", "&lt;b&gt; &amp; &#60;");
  }

  private static Map<String, Object> error(String code, String message, int second) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("id", UUID.randomUUID().toString());
    event.put("type", "ERROR");
    event.put("timestamp", START.plusSeconds(second).toString());
    event.put("source", MARKUP);
    event.put("errorCode", code);
    event.put("errorMessage", message);
    event.put("labels", Map.of("note", message));
    return event;
  }

  @Test
  void showsHostileEventsAsText() {
    List<Map<String, Object>> events = new ArrayList<>();
    MESSAGES.forEach((code, message) -> events.add(error(code, message, events.size())));
    Map<String, Object> long64k = error("LONG", "x", 30);
    long64k.put("stackTrace", "y".repeat(64 * 1024));
    events.add(long64k);
    send(events);
    open("events?from=2024-03-07T10:00&to=2024-03-07T10:01&tz=UTC");
    assertThat(browser.texts(".rows > .row")).hasSize(6);
    assertThat(row("MARKUP")).contains(MARKUP);
    assertThat(row("BIDI")).contains("user [U+202E]gnp.exe[U+202C] is [U+2066]here[U+2069]");
    assertThat(row("NUL")).contains("before␀after␛[31m␇");
    assertThat(row("EMOJI")).contains("👩‍🚀 landed 🚀 e\u0301");
    assertThat(row("ENTITY")).contains("&lt;b&gt; &amp; &#60;");
    for (int i = 1; i <= 6; i++) {
      browser.click(".rows > .row:nth-of-type(" + i + ")");
      browser.find("div.opened .members");
      browser.click(".detail button[aria-pressed]");
      browser.find("div.opened .json");
      browser.click(".detail button[aria-pressed]");
      browser.click(".rows > .row.opened");
      browser.await("a closed row", page -> page.all("div.opened").isEmpty());
    }
    assertThat(browser.js("return window.hacked")).isNull();
    assertThat(browser.js("return document.querySelectorAll('#app img, #app script').length"))
        .isEqualTo(0L);
    open("errors?from=2024-03-07T10:00&to=2024-03-07T10:01&tz=UTC");
    assertThat(browser.text("#errors")).contains(MARKUP);
    assertThat(browser.js("return window.hacked")).isNull();
  }

  @Test
  void foldsALineOf64KiB() {
    Map<String, Object> event = error("ONE-LINE", "z", 300);
    event.put("stackTrace", "y".repeat(64 * 1024));
    send(List.of(event));
    open("events?from=2024-03-07T10:05&to=2024-03-07T10:05&tz=UTC");
    browser.click(".rows > .row");
    browser.find("div.opened .trace");
    assertThat(browser.text(".trace").length()).isEqualTo(16_000);
    browser.js(
        """
        [...document.querySelectorAll('div.opened button')]
          .find((button) => button.textContent.startsWith('Show all 65,536 characters')).click()\
        """);
    browser.await("all of it", page -> page.text(".trace").length() == 64 * 1024);
    assertThat(browser.js("return document.documentElement.scrollWidth <= innerWidth"))
        .as("wrapped")
        .isEqualTo(true);
  }

  private static String row(String code) {
    return browser.texts(".rows > .row").stream()
        .filter(text -> text.contains(code))
        .findFirst()
        .orElse("");
  }
}
