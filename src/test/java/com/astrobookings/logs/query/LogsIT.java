package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.Envelope;
import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.text.Names;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.testing.Http;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reads over HTTP from a real Elasticsearch. */
class LogsIT extends RunningService {

  @Test
  void readsEveryPageLikeTheOracle() {
    List<StoredEvent> written = new ArrayList<>(events.within(start, 200));
    for (int i = 0; i < 400; i++) {
      written.add(events.next(start.plusNanos(500 + random.nextInt(3))));
    }
    Collections.shuffle(written, random);
    write(written);
    InMemoryEventStore oracle = new InMemoryEventStore();
    oracle.write(written, RefreshPolicy.NONE).block();
    for (int limit : List.of(13, 250, 1_000)) {
      for (Order order : Order.values()) {
        EventType type = events.oneOf(List.of(EventType.values()));
        assertThat(read("&order=%s&limit=%d".formatted(Names.lowerCase(order), limit)))
            .as("seed %d, limit %d, %s", seed, limit, order)
            .isEqualTo(expected(oracle, new EventQuery(start, end, Set.of(), order)));
        assertThat(
                read("&order=%s&limit=%d&type=%s".formatted(Names.lowerCase(order), limit, type)))
            .as("seed %d, limit %d, %s, %s", seed, limit, order, type)
            .isEqualTo(expected(oracle, new EventQuery(start, end, Set.of(type), order)));
      }
    }
  }

  private static List<String> expected(InMemoryEventStore oracle, EventQuery query) {
    return oracle.matching(query).stream().map(stored -> stored.event().id()).toList();
  }

  private List<String> read(String parameters) {
    List<String> ids = new ArrayList<>();
    URI page = logs("?from=%s&to=%s%s".formatted(start, end, parameters));
    while (page != null) {
      HttpResponse<String> answer = get(page);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JSON.readTree(answer.body())
          .path("logs")
          .forEach(event -> ids.add(event.path("id").asString()));
      URI current = page;
      page =
          answer
              .headers()
              .firstValue("Link")
              .map(link -> current.resolve(link.substring(1, link.indexOf('>'))))
              .orElse(null);
    }
    return ids;
  }

  @Test
  void includesBothBoundsToTheNanosecondAndAllOfAStatedUnit() {
    Instant milli = start.truncatedTo(ChronoUnit.SECONDS).plusMillis(500);
    StoredEvent before = events.next(milli.minusNanos(1));
    StoredEvent first = events.next(milli);
    StoredEvent last = events.next(milli.plusNanos(999_999));
    StoredEvent after = events.next(milli.plusNanos(1_000_000));
    write(List.of(after, last, first, before));
    String stated = milli.toString().replace("Z", "");
    for (String bound : List.of(stated + "Z", stated.replace("T", "%20"), stated + " 00:00")) {
      String uri = "?from=%s&to=%s".formatted(bound, bound).replace(" ", "+");
      assertThat(ids(JSON.readTree(get(logs(uri)).body())))
          .containsExactly(first.event().id(), last.event().id());
    }
    assertThat(ids(JSON.readTree(get(logs("?from=%s&to=%s".formatted(start, end))).body())))
        .hasSize(4);
  }

  @Test
  void findsAnEventBeforeSearchesSeeIt() {
    StoredEvent event = events.next(start);
    store.write(List.of(event), RefreshPolicy.NONE).block();
    HttpResponse<String> answer = get(logs("/" + event.event().id()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("timestamp").asString())
        .isEqualTo(start.toString());
    assertThat(get(logs("/%s?timestamp=%s".formatted(event.event().id(), start))).statusCode())
        .isEqualTo(200);
    assertThat(get(logs("/%s?timestamp=1999-12-31".formatted(event.event().id()))).statusCode())
        .isEqualTo(404);
  }

  @Test
  void endsAPageEarlyWhenItsEventsAreLarge() {
    List<StoredEvent> large = IntStream.range(0, 60).mapToObj(this::large).toList();
    write(large.subList(0, 30));
    write(large.subList(30, 60));
    HttpResponse<String> first = get(logs("?from=%s&to=%s&limit=100".formatted(start, end)));
    JsonNode page = JSON.readTree(first.body());
    assertThat(first.body().length()).isBetween(8 << 20, 9 << 20);
    assertThat(page.path("logs").size()).isBetween(30, 45);
    assertThat(page.path("total").path("value").asInt()).isEqualTo(60);
    assertThat(read("&limit=1000"))
        .isEqualTo(large.stream().map(stored -> stored.event().id()).toList());
  }

  private StoredEvent large(int number) {
    Instant timestamp = start.plusNanos(number);
    Envelope envelope = new Envelope(events.next().event().id(), timestamp, null, null, Map.of());
    return new StoredEvent(
        new ErrorEvent(envelope, "E1", "too much", "at x ".repeat(50_000)), timestamp);
  }

  @Test
  void refusesParametersOfAnyLengthThatFitsIntoARequest() {
    for (String name : List.of("from", "tz", "type", "cursor", "order", "unknown")) {
      HttpResponse<String> answer = get(logs("?%s=%s".formatted(name, "x".repeat(60_000))));
      assertThat(answer.statusCode()).as(name).isEqualTo(400);
      assertThat(JSON.readTree(answer.body()).path("errors").path(0).path("parameter").asString())
          .isEqualTo(name);
      assertThat(answer.body()).hasSizeLessThan(2_000);
    }
  }

  @Test
  void answersHeadLikeGetWithoutTheBody() {
    write(List.of(events.next(start), events.next(start)));
    URI page = logs("?from=%s&to=%s&limit=1".formatted(start, end));
    HttpResponse<String> head = Http.send(HttpRequest.newBuilder(page).HEAD());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Link")).isPresent();
    assertThat(head.headers().firstValue("Content-Type"))
        .isEqualTo(get(page).headers().firstValue("Content-Type"));
  }
}
