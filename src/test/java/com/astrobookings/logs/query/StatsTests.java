package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.Envelope;
import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.StoredEvent;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Counts over HTTP. */
class StatsTests extends ReadingFixture {

  private static final String STATS = LOGS + "/stats";

  private JsonNode stats(String query) {
    return get(URI.create(STATS + query));
  }

  private WebTestClient.ResponseSpec post(String body) {
    return client
        .post()
        .uri(STATS)
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(body)
        .exchange();
  }

  private void writeSome() {
    write(events.within(NOW, 60).toArray(StoredEvent[]::new));
    write(events.within(NOW.minusSeconds(3_600), 40).toArray(StoredEvent[]::new));
  }

  @Test
  void countsNothingButTheTotalUnlessAskedTo() {
    writeSome();
    JsonNode stats = stats("");
    assertThat(stats.propertyNames())
        .containsExactlyInAnyOrder("total", "failed", "interval", "tz", "approximate", "reconcile");
    assertThat(stats.path("total").asInt()).isEqualTo(100);
    assertThat(stats.path("failed").asInt())
        .isEqualTo(stats("?outcome=FAIL").path("total").asInt())
        .isPositive();
    assertThat(stats.path("interval").asString()).isEqualTo("none");
    assertThat(stats.path("reconcile").path("timeTakenSeconds").propertyNames())
        .containsExactly("sum", "p50", "p95", "p99", "max");
    assertThat(stats("?type=ERROR").has("failed")).isFalse();
    assertThat(stats("?type=ERROR").has("reconcile")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?interval=30m&from=2024-08-12T08:40&to=2024-08-12T10:59:59",
        "?interval=1d&tz=America/St_Johns",
        "?interval=auto&type=AUTH,NOTIFY&outcome=FAIL",
        "?interval=1q"
      })
  void listsAsManyEventsForABucketAsItCounts(String query) {
    writeSome();
    JsonNode stats = stats(query);
    assertThat(stats.path("buckets").size()).isPositive();
    String filters = query.replaceAll("[?&](interval|from|to)=[^&]*", "").replaceAll("^&", "");
    int sum = 0;
    for (JsonNode bucket : stats.path("buckets")) {
      String period =
          "?from=%s&to=%s&%s"
              .formatted(bucket.path("from").asString(), bucket.path("to").asString(), filters);
      JsonNode listed = get(URI.create(LOGS + period));
      assertThat(listed.path("total").path("value").asInt())
          .as(period)
          .isEqualTo(bucket.path("count").asInt());
      sum += bucket.path("count").asInt();
    }
    assertThat(sum).isEqualTo(stats.path("total").asInt()).isPositive();
  }

  @Test
  void showsEveryUnitOfThePeriodAlsoWithoutEvents() {
    JsonNode stats = stats("?interval=1d&tz=Europe/Madrid&from=2024-02-28&to=2024-03-01&by=type");
    assertThat(stats.path("buckets").toString())
        .isEqualTo(
            """
            [{"from":"2024-02-27T23:00:00Z","to":"2024-02-28T22:59:59.999999999Z","count":0,\
            "failed":0,"by":[]},\
            {"from":"2024-02-28T23:00:00Z","to":"2024-02-29T22:59:59.999999999Z","count":0,\
            "failed":0,"by":[]},\
            {"from":"2024-02-29T23:00:00Z","to":"2024-03-01T22:59:59.999999999Z","count":0,\
            "failed":0,"by":[]}]\
            """);
    assertThat(stats.path("tz").asString()).isEqualTo("Europe/Madrid");
    assertThat(stats("?interval=auto").path("buckets").size()).isZero();
    assertThat(stats("?interval=auto").path("interval").asString()).isEqualTo("auto");
    assertThat(stats("?interval=auto&from=now-1h&to=now").path("interval").asString())
        .isEqualTo("1m");
  }

  @Test
  void countsByTwoFieldsInTheWordsOfTheApi() {
    writeSome();
    JsonNode stats = stats("?by=type,outcome&interval=1h&type=AUTH&type=ERROR");
    for (JsonNode type : stats.path("values")) {
      boolean attempts = type.path("value").asString().equals("AUTH");
      assertThat(type.path("firstSeen").asString()).isLessThan(type.path("lastSeen").asString());
      assertThat(type.path("by"))
          .extracting(outcome -> outcome.path("value").asString())
          .containsOnly(attempts ? new String[] {"SUCCESS", "FAIL"} : new String[] {});
      assertThat(type.path("missing").asInt()).isEqualTo(attempts ? 0 : type.path("count").asInt());
      assertThat(type.path("by").path(0).has("firstSeen")).isFalse();
    }
    assertThat(stats.path("values"))
        .extracting(type -> type.path("value").asString())
        .containsExactlyInAnyOrder("AUTH", "ERROR");
    JsonNode share = stats.path("buckets").path(0).path("by").path(0);
    assertThat(share.path("value")).isEqualTo(stats.path("values").path(0).path("value"));
    assertThat(share.has("by")).isTrue();
  }

  @Test
  void tellsOtherValuesFromNone() {
    writeSome();
    JsonNode stats = stats("?by=errorCode&size=2");
    int shown = 0;
    for (JsonNode value : stats.path("values")) {
      assertThat(value.has("failed")).as("errors have no outcome").isFalse();
      shown += value.path("count").asInt();
    }
    int errors = stats("?type=ERROR").path("total").asInt();
    assertThat(stats.path("values").size()).isEqualTo(2);
    assertThat(stats.path("other").asInt()).isEqualTo(errors - shown).isPositive();
    assertThat(stats.path("missing").asInt()).isEqualTo(100 - errors);
  }

  @Test
  void showsOneSampleAndTheSourcesOfEachErrorGroup() {
    List<StoredEvent> errors = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      errors.add(error(i));
    }
    write(errors.toArray(StoredEvent[]::new));
    JsonNode group = stats("?by=errorGroup").path("values").path(0);
    assertThat(group.path("count").asInt()).isEqualTo(5);
    assertThat(group.path("value").asString()).matches("[0-9a-f]{32}");
    assertThat(group.path("exception").asString()).isEqualTo("java.sql.SQLException");
    assertThat(group.path("sources").toString()).isEqualTo("[\"s-0\",\"s-1\"]");
    assertThat(group.path("sample").toString())
        .isEqualTo(
            """
            {"id":"e-4","type":"ERROR","timestamp":"2024-08-12T10:00:04Z",\
            "receivedAt":"2024-08-12T10:00:00Z","source":"s-0",\
            "errorCode":"DB","errorMessage":"Row 4 is locked","labels":{"a":"1"}}\
            """);
  }

  private static StoredEvent error(int number) {
    Instant timestamp = NOW.plusSeconds(number);
    return new StoredEvent(
        new ErrorEvent(
            new Envelope("e-" + number, timestamp, "s-" + number % 2, null, Map.of("a", "1")),
            "DB",
            "Row %d is locked".formatted(number),
            "java.sql.SQLException: %d\n\tat com.astrobookings.Ledger.book(Ledger.java:%d)"
                .formatted(number, number)),
        NOW);
  }

  @Test
  void takesTheParametersAsABody() {
    writeSome();
    JsonNode posted =
        JSON.readTree(
            post("""
            {"from": "2024-08-12", "to": "2024-08-12", "tz": "Europe/Madrid",
             "interval": "1h", "by": ["type", "label.team"], "size": 3, "exact": true}
            """)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectBody()
                .returnResult()
                .getResponseBody());
    assertThat(posted)
        .isEqualTo(
            stats(
                "?from=2024-08-12&to=2024-08-12&tz=Europe/Madrid&interval=1h"
                    + "&by=type&by=label.team&size=3&exact=true"));
    post("{\"interval\": 5}").expectStatus().isBadRequest();
    post("{}").expectStatus().isOk();
  }

  @Test
  void failsAsListsDoWhenTheStoreIsDown() {
    store.goDown("gone");
    refused(STATS, HttpStatus.SERVICE_UNAVAILABLE, "unavailable");
  }
}
