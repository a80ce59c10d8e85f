package com.astrobookings.logs.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.testing.Http;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports of what is selected: complete, with count and checksum. */
class SavedExportIT extends ConsolePage {

  private static final Instant START = Instant.parse("2024-03-11T10:00:00Z");
  private static final String FROM = START.toString();
  private static final String TO = START.plusSeconds(3_599).toString();
  private static final String RANGE = "from=%s&to=%s&tz=UTC".formatted(FROM, TO);

  private static boolean seeded;

  @BeforeEach
  void seed() {
    if (!seeded) {
      send(SeededHour.at(START));
      seeded = true;
    }
  }

  @ParameterizedTest
  @CsvSource({"ndjson, application/x-ndjson", "csv, text/csv"})
  void showsCountAndChecksumOfWhatWasSaved(String format, String type) throws Exception {
    open("events?" + RANGE + "&type=ERROR");
    browser.click("#export-button");
    assertThat(browser.text("#export")).contains("42 events");
    browser.click("#export [data-format=" + format + "]");
    browser.find("#export-done");
    HttpResponse<String> expected =
        Http.send(
            HttpRequest.newBuilder(
                    uri("/api/v1/logs/export?order=desc&type=ERROR&from=" + FROM + "&to=" + TO))
                .header("Accept", type));
    assertThat(browser.text("#export-count")).isEqualTo("42 events");
    assertThat(expected.headers().firstValue("X-Export-Total")).contains("42");
    assertThat(browser.text("#export-sha256"))
        .isEqualTo(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(expected.body().getBytes(StandardCharsets.UTF_8))));
    assertThat(browser.violations()).isEmpty();
  }

  /** The digests of texts of all lengths around the block size, piece by piece. */
  @Test
  void computesSha256LikeTheBrowserItself() {
    open("events?" + RANGE);
    Object wrong =
        browser.later(
            """
            const done = arguments[arguments.length - 1];
            const script = document.querySelector('script[type=module]').src;
            (async () => {
              const {Sha256} = await import(script.replace('main.js', 'sha256.js'));
              const wrong = [];
              for (let length = 0; length < 300; length++) {
                const bytes = crypto.getRandomValues(new Uint8Array(length));
                const digest = new Sha256();
                const cut = Math.floor(Math.random() * (length + 1));
                digest.update(bytes.subarray(0, cut));
                digest.update(bytes.subarray(cut));
                const expected = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
                  .map((byte) => byte.toString(16).padStart(2, '0')).join('');
                if (digest.hex() !== expected) wrong.push(length);
              }
              done(wrong.join());
            })().catch((failure) => done(String(failure)));
            """);
    assertThat(wrong).isEqualTo("");
  }
}
