package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.Envelope;
import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;

class LogsControllerTests extends ReadingFixture {

  private static final Pattern NEXT = Pattern.compile("<([!-~]*)>; rel=\"next\"");

  @Test
  void answersWithEventsAsTheyWereSent() {
    write(auth());
    client
        .get()
        .uri(LOGS + "?from=2024-08-11&to=now&tz=Europe/Madrid")
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .contentType(MediaType.APPLICATION_JSON)
        .expectHeader()
        .cacheControl(CacheControl.noStore())
        .expectHeader()
        .doesNotExist(HttpHeaders.LINK)
        .expectBody(String.class)
        .isEqualTo(
            """
            {"from":"2024-08-10T22:00:00Z","to":"2024-08-12T10:00:00Z","order":"asc",\
            "total":{"value":1,"relation":"eq"},"logs":[{"id":"a-1","type":"AUTH",\
            "timestamp":"2024-08-11T07:30:00.123456789Z",\
            "receivedAt":"2024-08-11T07:30:01Z","source":"core-api","traceId":"t-1",\
            "userId":"u-7","email":"Jane@Example.com","ipAddress":"192.0.2.7","result":"FAIL",\
            "labels":{"a":"1"}}]}\
            """);
  }

  @Test
  void leavesOutWhatThereIsNothingToSayAbout() {
    client
        .get()
        .uri(LOGS + "?total=none&order=desc")
        .exchange()
        .expectBody(String.class)
        .isEqualTo("{\"order\":\"desc\",\"logs\":[]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-08-11T09:30:00.123456789+02:00",
        "2024-08-11T09:30:00.123456789%2B02:00",
        "2024-08-11 09:30:00.123456789 02:00",
        "2024-08-11%2007:30:00",
        "2024-08-11T07:30",
        "1723361400123",
      })
  void understandsATimeHoweverItIsEncoded(String time) {
    write(auth());
    URI uri = URI.create(LOGS + "?from=%s&to=%s".formatted(time, time).replace(" ", "%20"));
    assertThat(get(uri).path("logs").size()).isEqualTo(1);
  }

  @Test
  void findsTheEmptyLabel() {
    StoredEvent empty = labelled("e-1", "");
    write(auth(), empty, labelled("e-2", "x"));
    JsonNode page = get(URI.create(LOGS + "?label.a=&limit=1"));
    assertThat(page.path("logs").size()).isEqualTo(1);
    assertThat(page.path("logs").path(0).path("id").asString()).isEqualTo("e-1");
    assertThat(get(URI.create(LOGS + "?label.a=&label.a=x")).path("logs").size()).isEqualTo(2);
  }

  private static StoredEvent labelled(String id, String value) {
    return new StoredEvent(
        new ErrorEvent(new Envelope(id, NOW, null, null, Map.of("a", value)), "E", "m", null), NOW);
  }

  @Test
  void followsNextAndLinkThroughEverythingExactlyOnce() {
    List<StoredEvent> written = new ArrayList<>(events.within(NOW.minusSeconds(60), 30));
    written.addAll(List.of(events.next(NOW), events.next(NOW), events.next(NOW)));
    write(written.toArray(StoredEvent[]::new));
    String question = LOGS + "?from=now-1d/d&type=AUTH&type=ERROR,NOTIFY&order=desc&limit=4";
    List<String> expected =
        ids(new EventQuery(NOW.minusSeconds(86_400), null, Set.of(), Order.DESC), "RECONCILE");
    assertThat(follow(URI.create(question), false)).isEqualTo(expected);
    assertThat(follow(URI.create(question), true)).isEqualTo(expected);
  }

  private List<String> follow(URI first, boolean byLink) {
    List<String> ids = new ArrayList<>();
    URI uri = first;
    while (uri != null) {
      EntityExchangeResult<byte[]> answer =
          client.get().uri(uri).exchange().expectStatus().isOk().expectBody().returnResult();
      JsonNode page = JSON.readTree(answer.getResponseBody());
      page.path("logs").forEach(event -> ids.add(event.path("id").asString()));
      String link = answer.getResponseHeaders().getFirst(HttpHeaders.LINK);
      assertThat(link == null).isEqualTo(page.path("next").isMissingNode());
      uri = link == null ? null : byLink ? linked(uri, link) : cursor(first, page);
    }
    return ids;
  }

  private static URI linked(URI page, String link) {
    Matcher matcher = NEXT.matcher(link);
    assertThat(matcher.matches()).as(link).isTrue();
    return page.resolve(matcher.group(1));
  }

  private static URI cursor(URI first, JsonNode page) {
    return URI.create(first + "&cursor=" + page.path("next").asString());
  }

  private List<String> ids(EventQuery query, String exceptType) {
    return store.matching(query).stream()
        .filter(stored -> !stored.event().type().name().equals(exceptType))
        .map(stored -> stored.event().id())
        .toList();
  }

  @Test
  void streamsALargePageAsOneJsonObject() {
    write(events.within(NOW, 1_000).toArray(StoredEvent[]::new));
    JsonNode page = get(URI.create(LOGS + "?limit=1000"));
    assertThat(page.path("logs").size()).isEqualTo(1_000);
    assertThat(page.has("next")).isFalse();
  }

  @Test
  void namesEveryFaultOfAListAtOnce() {
    client
        .get()
        .uri(LOGS + "?limit=0&tipe=AUTH&from=x")
        .exchange()
        .expectStatus()
        .isBadRequest()
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("urn:astrobookings:logs:problem:invalid-parameter")
        .jsonPath("$.errors[*].parameter")
        .isEqualTo(List.of("from", "limit", "tipe"))
        .jsonPath("$.errors[2].message")
        .isEqualTo("is not a parameter here; did you mean type?");
  }

  @Test
  void saysThatTheStoreIsAwayOrSlow() {
    store.goDown("node 1 left");
    for (String path : List.of(LOGS, LOGS + "/a-1")) {
      refused(path, HttpStatus.SERVICE_UNAVAILABLE, "unavailable");
    }
    store.timeOut("node 1 is slow");
    refused(LOGS, HttpStatus.GATEWAY_TIMEOUT, "timed-out");
  }

  @Test
  void offersNothingButJson() {
    client
        .get()
        .uri(LOGS)
        .accept(MediaType.APPLICATION_XML)
        .exchange()
        .expectStatus()
        .isEqualTo(HttpStatus.NOT_ACCEPTABLE);
  }

  @Test
  void answersHeadLikeGetWithoutTheBody() {
    write(auth());
    for (String path : List.of(LOGS + "?limit=1", LOGS + "/a-1")) {
      client
          .head()
          .uri(path)
          .exchange()
          .expectStatus()
          .isOk()
          .expectHeader()
          .contentType(MediaType.APPLICATION_JSON)
          .expectBody()
          .isEmpty();
    }
  }
}
