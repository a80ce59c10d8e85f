package com.astrobookings.logs.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reaches every row of a long list: of 100,000 with {@code -Dlogs.test.long=true}. */
class RowsIT extends ConsolePage {

  private static final int ROWS = Boolean.getBoolean("logs.test.long") ? 100_000 : 2_500;
  private static final Instant START = Instant.parse("2024-03-08T10:00:00Z");

  /** Of three pages, the most that are held. */
  private static final int MAX_ROWS = 300;

  @Test
  void everyRowIsReachedByScrollingInBothDirectionsAndNoMoreAreHeldThanShown() {
    for (int from = 0; from < ROWS; from += 2_000) {
      List<Map<String, Object>> events = new ArrayList<>();
      for (int i = from; i < Math.min(ROWS, from + 2_000); i++) {
        events.add(event(i));
      }
      send(events);
    }
    open("events?from=2024-03-08&to=2024-03-08&tz=UTC&order=asc");
    browser.await("the total", page -> page.text("#list-title").equals(shown(ROWS) + " events"));
    assertThat(scroll(1)).isEqualTo(numbers(0, ROWS));
    assertThat(browser.text(".list")).contains("This is the last row.");
    List<String> upward = scroll(-1);
    assertThat(upward.reversed()).isEqualTo(numbers(0, ROWS));
    browser.click("#last-rows");
    browser.await(
        "the last row", page -> page.text(".rows > .row:last-of-type").contains(name(ROWS - 1)));
    browser.click("#first-rows");
    browser.await("the first row", page -> page.text(".rows > .row").contains(name(0)));
  }

  /** Scrolls to the end and returns the rows in the order in which they came. */
  @SuppressWarnings("unchecked")
  private static List<String> scroll(int direction) {
    Object[] result =
        ((List<Object>)
                browser.later(
                    """
                    const [direction, done] = arguments;
                    const names = () => [...document.querySelectorAll('.rows > .row .line b')].map((e) => e.textContent);
                    const seen = new Set();
                    let most = 0;
                    let still = 0;
                    const step = () => {
                      const shown = names();
                      most = Math.max(most, shown.length);
                      const before = seen.size;
                      (direction > 0 ? shown : shown.reverse()).forEach((name) => seen.add(name));
                      still = seen.size === before ? still + 1 : 0;
                      if (still > 100) { done([most, [...seen]]); return; }
                      window.scrollTo(0, direction > 0 ? document.body.scrollHeight : 0);
                      setTimeout(step, 30);
                    };
                    step();
                    """,
                    direction))
            .toArray();
    assertThat((Long) result[0]).isLessThanOrEqualTo(MAX_ROWS);
    return (List<String>) result[1];
  }

  private static List<String> numbers(int from, int to) {
    List<String> names = new ArrayList<>();
    for (int i = from; i < to; i++) {
      names.add(name(i));
    }
    return names;
  }

  private static String name(int number) {
    return "E%06d".formatted(number);
  }

  /** Ten at a time have the same timestamp, so that the order is that of the ids. */
  private static Map<String, Object> event(int number) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("id", "row-%06d".formatted(number));
    event.put("type", "ERROR");
    event.put("timestamp", START.plusMillis(number / 10).toString());
    event.put("errorCode", name(number));
    event.put("errorMessage", "of many");
    return event;
  }
}
