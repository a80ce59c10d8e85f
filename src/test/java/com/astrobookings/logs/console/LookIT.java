package com.astrobookings.logs.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every view in light and dark, on a wide and on a narrow screen. With {@code
 * -Dlogs.test.screenshot=write} it also writes the screenshot of the README.
 */
class LookIT extends ConsolePage {

  private static final Instant START = Instant.parse("2024-03-10T10:00:00Z");
  private static final String RANGE =
      "from=%s&to=%s&tz=UTC".formatted(START, START.plusSeconds(3_599));

  private static boolean seeded;

  @BeforeEach
  void seed() {
    if (!seeded) {
      send(SeededHour.at(START));
      seeded = true;
    }
  }

  @ParameterizedTest
  @CsvSource({"1280,800,light", "1280,800,dark", "390,844,light", "390,844,dark"})
  void fitsTheScreenAndIsAccessible(int width, int height, String scheme) {
    browser.prefer(scheme);
    for (String view : new String[] {"events", "errors", "signins", "jobs"}) {
      open(view + "?" + RANGE);
      browser.resize(width, height);
      browser.js("location.reload()");
      browser.awaitIdle();
      assertThat(browser.js("return document.documentElement.scrollWidth <= innerWidth"))
          .as("%s needs no scrolling to the side", view)
          .isEqualTo(true);
      assertThat(browser.violations()).as("%s, %s", view, scheme).isEmpty();
    }
    browser.prefer("light");
  }

  @Test
  void theColoursOfTheReaderWinOverThoseOfTheSystem() {
    open("events?" + RANGE);
    String light = background();
    browser.click("[title^='Colours']");
    browser.click("[title^='Colours']");
    browser.await("dark", page -> !background().equals(light));
    assertThat(browser.violations()).isEmpty();
  }

  private static String background() {
    return String.valueOf(browser.js("return getComputedStyle(document.body).backgroundColor"));
  }

  @Test
  void isDrawnForTheReadme() throws IOException {
    open("events?" + RANGE);
    browser.await("the comparison", page -> page.text("[data-tile=errors]").contains("before"));
    byte[] picture = browser.screenshot();
    assertThat(picture).hasSizeGreaterThan(20_000);
    if ("write".equals(System.getProperty("logs.test.screenshot"))) {
      Files.write(Path.of("src/docs/images/console.png"), picture);
    }
  }
}
