package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.StoredEvent;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;

/** The events around one. */
class ContextTests extends ReadingFixture {

  private static final Instant MOMENT = Instant.parse("2024-08-11T07:30:00Z");
  private static final Pattern LINK = Pattern.compile("<([^>]+)>; rel=\"(prev|next)\"");

  @Test
  void showsTwentyEventsOnEachSideByDefault() {
    writeErrors(60);
    JsonNode context = get(context("e-30", ""));
    assertThat(ids(context)).isEqualTo(errors(10, 50));
    assertThat(context.path("index").asInt()).isEqualTo(20);
    assertThat(context.path("order").asString()).isEqualTo("asc");
    assertThat(context.has("total")).isFalse();
  }

  @Test
  void showsAsManyEventsAsAskedForOnEachSide() {
    writeErrors(60);
    assertThat(ids(get(context("e-30", "?before=2&after=1")))).isEqualTo(errors(28, 31));
    assertThat(ids(get(context("e-30", "?before=0&after=0")))).isEqualTo(errors(30, 30));
    JsonNode atTheStart = get(context("e-01", "?before=3&after=500"));
    assertThat(ids(atTheStart)).isEqualTo(errors(0, 59));
    assertThat(atTheStart.path("index").asInt()).isEqualTo(1);
    assertThat(atTheStart.has("previous")).isFalse();
    assertThat(atTheStart.has("next")).isFalse();
  }

  @Test
  void countsBeforeAndAfterInTimeWhateverTheOrder() {
    writeErrors(60);
    JsonNode context = get(context("e-30", "?before=2&after=1&order=desc"));
    assertThat(ids(context)).isEqualTo(errors(28, 31).reversed());
    assertThat(context.path("index").asInt()).isEqualTo(1);
  }

  @Test
  void showsTheEventEvenIfItDoesNotMatch() {
    writeErrors(5);
    write(events.next(EventType.AUTH, "a-1", MOMENT.plusSeconds(2).plusNanos(1)));
    assertThat(ids(get(context("a-1", "?type=ERROR&before=1&after=1"))))
        .containsExactly("e-02", "a-1", "e-03");
    assertThat(ids(get(context("a-1", "?to=2024-08-11T07:30:01&before=1"))))
        .containsExactly("e-01", "a-1");
  }

  @Test
  void goesOnInBothDirectionsByCursorAndByLink() {
    writeErrors(60);
    for (String order : List.of("asc", "desc")) {
      URI first = context("e-30", "?type=ERROR&before=3&after=2&order=" + order);
      JsonNode context = get(first);
      List<String> byCursor = new ArrayList<>(ids(context));
      String reverse = order.equals("asc") ? "desc" : "asc";
      URI back = list("&order=%s&cursor=%s".formatted(reverse, text(context, "previous")));
      URI forth = list("&order=%s&cursor=%s".formatted(order, text(context, "next")));
      byCursor.addAll(0, ids(get(back)).reversed());
      byCursor.addAll(ids(get(forth)));
      List<String> all = errors(0, 59);
      assertThat(byCursor).isEqualTo(order.equals("asc") ? all : all.reversed());
      assertThat(links(first)).containsExactly(ids(get(back)), ids(get(forth)));
    }
  }

  private List<List<String>> links(URI context) {
    EntityExchangeResult<byte[]> answer =
        client.get().uri(context).exchange().expectStatus().isOk().expectBody().returnResult();
    return answer.getResponseHeaders().getOrDefault(HttpHeaders.LINK, List.of()).stream()
        .map(LINK::matcher)
        .peek(link -> assertThat(link.matches()).isTrue())
        .map(link -> ids(get(context.resolve(link.group(1)))))
        .toList();
  }

  @Test
  void leavesPersonalDataOut() {
    write(auth());
    byte[] body =
        client
            .get()
            .uri(context("a-1", ""))
            .header(WITHOUT_PII, "yes")
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .returnResult()
            .getResponseBody();
    JsonNode event = JSON.readTree(body).path("logs").path(0);
    assertThat(event.has("result")).isTrue();
    assertThat(event.has("userId")).isFalse();
    client
        .get()
        .uri(context("a-1", "?userId=u-7"))
        .header(WITHOUT_PII, "yes")
        .exchange()
        .expectStatus()
        .isForbidden();
  }

  @Test
  void picksTheMonthOfTheEvent() {
    StoredEvent july = events.next("a-1", Instant.parse("2024-07-31T23:59:59Z"));
    write(auth(), july, events.next("july", Instant.parse("2024-07-31T23:59:58Z")));
    assertThat(ids(get(context("a-1", "?before=1&after=0&timestamp=2024-07-31"))))
        .containsExactly("july", "a-1");
    assertThat(get(context("a-1", "?before=1&after=0")).path("logs").get(1).path("timestamp"))
        .isEqualTo(get(URI.create(LOGS + "/a-1")).path("timestamp"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a-2/context", "/a-1/context?timestamp=2024-09-01", "/a%20b/context"})
  void doesNotFindWhatIsNotThere(String path) {
    write(auth());
    refused(LOGS + path, HttpStatus.NOT_FOUND, "event-not-found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before=501",
        "after=-1",
        "before=x",
        "after=",
        "before=1&before=2",
        "limit=1",
        "cursor=x",
        "timestamp=x",
        "type=AUTH&errorCode=E"
      })
  void refusesFaultyParameters(String query) {
    write(auth());
    refused(LOGS + "/a-1/context?" + query, HttpStatus.BAD_REQUEST, "invalid-parameter");
  }

  @Test
  void failsWhileTheStoreIsUnavailable() {
    store.goDown("test");
    refused(LOGS + "/a-1/context", HttpStatus.SERVICE_UNAVAILABLE, "unavailable");
  }

  private void writeErrors(int count) {
    write(
        IntStream.range(0, count)
            .mapToObj(i -> events.next(EventType.ERROR, id(i), MOMENT.plusSeconds(i)))
            .toArray(StoredEvent[]::new));
  }

  private static List<String> errors(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(ContextTests::id).toList();
  }

  private static String id(int number) {
    return "e-%02d".formatted(number);
  }

  private static URI context(String id, String query) {
    return URI.create(LOGS + "/" + id + "/context" + query.replace(" ", "%20"));
  }

  private static URI list(String parameters) {
    return URI.create(LOGS + "?type=ERROR&limit=100" + parameters);
  }

  private static String text(JsonNode context, String name) {
    assertThat(context.has(name)).as(name).isTrue();
    return context.path(name).asString();
  }

  private static List<String> ids(JsonNode page) {
    return page.path("logs").valueStream().map(event -> event.path("id").asString()).toList();
  }
}
