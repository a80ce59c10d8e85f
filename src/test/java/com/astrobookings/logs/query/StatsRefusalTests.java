package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

/** What is not counted, or not for everybody. */
class StatsRefusalTests extends ReadingFixture {

  private static final String STATS = LOGS + "/stats";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "interval=7m | interval | is not one of none, auto, 1s, 2s, 5s, 10s, 30s, 1m, 2m, 5m, 10m,"
            + " 15m, 30m, 1h, 2h, 3h, 6h, 12h, 1d, 1w, 1M, 1q, 1y",
        "interval=1h&interval=1d | interval | is stated 2 times; state it once",
        "size=0 | size | must be an integer from 1 to 1000",
        "size=1001 | size | must be an integer from 1 to 1000",
        "exact=yes | exact | must be true or false",
        "by=errorcode | by | is not one of type, source, traceId, userId, email, ipAddress,"
            + " outcome, errorCode, process, jobId, notificationType, recipient, errorGroup,"
            + " label.<key>; did you mean errorCode?",
        "by=label.A | by | is not one of type, source, traceId, userId, email, ipAddress,"
            + " outcome, errorCode, process, jobId, notificationType, recipient, errorGroup,"
            + " label.<key>",
        "by=type,source,outcome | by | names 3 fields; name one or two",
        "by=process&type=AUTH,ERROR | by | process counts nothing: only RECONCILE events have it,"
            + " and type asks for AUTH, ERROR",
        "by=errorGroup&type=AUTH | by | errorGroup counts nothing: only ERROR events have it,"
            + " and type asks for AUTH",
        "by=type,source&size=101 | size | must be at most 100 with two fields",
        "by=label.a.&exact=true | exact | is not possible by a label whose key ends with a dot",
        "interval=1s&from=2024-08-12&to=2024-08-12 | interval | would give more than 10,000"
            + " buckets; the smallest interval that fits is 10s",
        "interval=1d&from=0001-01-01&to=2024-08-12 | interval | would give more than 10,000"
            + " buckets; the smallest interval that fits is 1q",
        "limit=5 | limit | is not a parameter here",
      })
  void refusesWhatItCannotCount(String query, String parameter, String message) {
    client
        .get()
        .uri(URI.create(STATS + "?" + query))
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.errors.length()")
        .isEqualTo(1)
        .jsonPath("$.errors[0].parameter")
        .isEqualTo(parameter)
        .jsonPath("$.errors[0].message")
        .isEqualTo(message);
  }

  @Test
  void acceptsAsManyBucketsAsOneAnswerHas() {
    JsonNode stats =
        get(URI.create(STATS + "?interval=1s&from=2024-08-12T00:00:00&to=2024-08-12T02:46:39"));
    assertThat(stats.path("buckets").size()).isEqualTo(10_000);
    refused(
        STATS + "?interval=1s&from=2024-08-12T00:00:00&to=2024-08-12T02:46:40",
        HttpStatus.BAD_REQUEST,
        "invalid-parameter");
  }

  @Test
  void namesTheIntervalThatFitsTheEventsWhereThereIsNoBound() {
    write(events.next(NOW), events.next(NOW.plusSeconds(10_000)));
    client
        .post()
        .uri(STATS)
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue("{\"interval\": \"1s\"}")
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.errors[0].pointer")
        .isEqualTo("/interval")
        .jsonPath("$.errors[0].message")
        .isEqualTo("would give more than 10,000 buckets; the smallest interval that fits is 2s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "by=email",
        "by=userId",
        "by=recipient",
        "by=ipAddress",
        "by=type,email",
        "q=x",
        "email=a"
      })
  void countsByPersonalDataWithTheScopeOnly(String query) {
    client
        .get()
        .uri(URI.create(STATS + "?" + query))
        .header(WITHOUT_PII, "true")
        .exchange()
        .expectStatus()
        .isForbidden()
        .expectBody()
        .jsonPath("$.scope")
        .isEqualTo("logs:pii");
    get(URI.create(STATS + "?" + query));
  }

  @Test
  void countsByEverythingElseWithoutTheScope() {
    client
        .get()
        .uri(URI.create(STATS + "?by=errorGroup,label.team&interval=1h"))
        .header(WITHOUT_PII, "true")
        .exchange()
        .expectStatus()
        .isOk();
  }
}
