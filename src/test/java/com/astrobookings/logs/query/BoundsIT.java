package com.astrobookings.logs.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.testing.Http;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What lies between two bounds, to the nanosecond. The table says by hand which instants a text
 * covers. There is an event at, before and after each of them, and each question is asked of all
 * the events.
 */
@TestInstance(Lifecycle.PER_CLASS)
class BoundsIT extends RunningService {

  private static final String TABLE = "/query/bounds.csv";

  private final String source = UUID.randomUUID().toString();
  private final NavigableSet<Instant> all = new TreeSet<>();

  @BeforeAll
  void writeAnEventOnEachSideOfEachBound() throws IOException {
    rows()
        .flatMap(row -> Stream.of(row.split("\\|")).skip(2))
        .map(bound -> Instant.parse(bound.strip()))
        .flatMap(bound -> Stream.of(bound.minusNanos(1), bound, bound.plusNanos(1)))
        .forEach(all::add);
    String events = all.stream().map(this::event).collect(joining(",", "[", "]"));
    HttpResponse<String> answer = Http.post(logs("?refresh=wait_for"), "application/json", events);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("stored").asInt()).isEqualTo(all.size());
  }

  private String event(Instant timestamp) {
    return """
    {"type":"NOTIFY","id":"%s-%s","timestamp":"%s","source":"%s","jobId":"j","recipient":"r",
     "notificationType":"n","status":"FAIL"}\
    """
        .formatted(source, timestamp, timestamp, source);
  }

  private static Stream<String> rows() throws IOException {
    try (InputStream table = BoundsIT.class.getResourceAsStream(TABLE)) {
      return new String(table.readAllBytes(), UTF_8).lines().filter(row -> !row.startsWith("#"));
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = TABLE, delimiter = '|')
  void areBothIncludedToTheNanosecond(String text, String zone, Instant first, Instant last) {
    assertThat(found("from", text, zone)).containsExactlyElementsOf(all.tailSet(first, true));
    assertThat(found("to", text, zone)).containsExactlyElementsOf(all.headSet(last, true));

    HttpResponse<String> both = ask("from", text, "to", text, "tz", zone);
    if (first.isAfter(last)) {
      assertThat(both.statusCode()).as(both.body()).isEqualTo(400);
      return;
    }
    JsonNode page = JSON.readTree(both.body());
    assertThat(page.path("from").asString()).isEqualTo(first.toString());
    assertThat(page.path("to").asString()).isEqualTo(last.toString());
    assertThat(timestamps(both))
        .contains(first, last)
        .containsExactlyElementsOf(between(first, last));
  }

  @ParameterizedTest
  @CsvFileSource(resources = TABLE, delimiter = '|')
  void meanTheSameInFreeText(String text, String zone, Instant first, Instant last) {
    String atLeast = "@timestamp >= \"%s\"".formatted(text);
    String atMost = "@timestamp <= \"%s\"".formatted(text);

    assertThat(found("q", atLeast, zone)).isEqualTo(found("from", text, zone));
    assertThat(found("q", atMost, zone)).isEqualTo(found("to", text, zone));
    assertThat(found("q", atLeast + " and " + atMost, zone))
        .containsExactlyElementsOf(first.isAfter(last) ? List.of() : between(first, last));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2023-12-31 | 2024-01-01 | UTC | 2023-12-31T00:00:00Z | 2024-01-01T23:59:59.999999999Z",
        "2024-02-29 | 2024-03-01 | Asia/Kathmandu | 2024-02-28T18:15:00Z |"
            + " 2024-03-01T18:14:59.999999999Z",
        "2024-03-10 | 2024-11-03 | America/St_Johns | 2024-03-10T03:30:00Z |"
            + " 2024-11-04T03:29:59.999999999Z",
        "2024-03-31T01:59:59.999999999 | 2024-03-31T03:00:00.000000000 | Europe/Madrid |"
            + " 2024-03-31T00:59:59.999999999Z | 2024-03-31T01:00:00Z",
        "2024-10-27T02:00:00.000000000 | 2024-10-27T02:59:59.999999999 | Europe/Madrid |"
            + " 2024-10-27T00:00:00Z | 2024-10-27T01:59:59.999999999Z",
        "1709251199999 | 2024-03-01T00:00+00:00 | UTC | 2024-02-29T23:59:59.999Z |"
            + " 2024-03-01T00:00:59.999999999Z",
      })
  void canBeDifferentTexts(String from, String to, String zone, Instant first, Instant last) {
    Collection<Instant> between = between(first, last);
    assertThat(between).hasSizeBetween(2, all.size() - 2);

    assertThat(timestamps(ask("from", from, "to", to, "tz", zone)))
        .containsExactlyElementsOf(between);
    assertThat(timestamps(ask("from", from, "to", to, "tz", zone, "order", "desc")))
        .containsExactlyElementsOf(between.stream().sorted(Comparator.reverseOrder()).toList());
    assertThat(
            found("q", "@timestamp >= \"%s\" and @timestamp <= \"%s\"".formatted(from, to), zone))
        .containsExactlyElementsOf(between);
  }

  private NavigableSet<Instant> between(Instant first, Instant last) {
    return all.subSet(first, true, last, true);
  }

  private List<Instant> found(String parameter, String value, String zone) {
    return timestamps(ask(parameter, value, "tz", zone));
  }

  private static List<Instant> timestamps(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body())
        .path("logs")
        .valueStream()
        .map(event -> Instant.parse(event.path("timestamp").asString()))
        .toList();
  }

  private HttpResponse<String> ask(String... namesAndValues) {
    StringBuilder query = new StringBuilder("?limit=1000&source=" + source);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      query.append('&').append(namesAndValues[i]).append('=');
      query.append(URLEncoder.encode(namesAndValues[i + 1], UTF_8));
    }
    return get(logs(query.toString()));
  }
}
