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
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The events around one, from a real Elasticsearch. */
class ContextIT extends RunningService {

  /** Most events of the test share their timestamps with others. */
  @Test
  void showsTheNearestEventsOfTheTotalOrderLikeTheOracle() {
    List<StoredEvent> written = new ArrayList<>(events.within(start, 50));
    for (int i = 0; i < 250; i++) {
      written.add(events.next(start.plusNanos(500 + random.nextInt(3))));
    }
    Collections.shuffle(written, random);
    write(written);
    InMemoryEventStore oracle = new InMemoryEventStore();
    oracle.write(written, RefreshPolicy.NONE).block();
    for (int i = 0; i < 40; i++) {
      StoredEvent event = events.oneOf(written);
      Set<EventType> types =
          random.nextBoolean() ? Set.of() : Set.of(events.oneOf(List.of(EventType.values())));
      EventQuery query = new EventQuery(start, end, types, events.oneOf(List.of(Order.values())));
      int before = random.nextInt(200);
      int after = random.nextInt(200);
      JsonNode context = context(event, query, before, after);
      assertThat(ids(context))
          .as("seed %d, %s, %d before %s, %d after", seed, query, before, event, after)
          .isEqualTo(expected(oracle.matching(query), event, query.order(), before, after));
      assertThat(ids(context).get(context.path("index").asInt())).isEqualTo(event.event().id());
    }
  }

  /** Says it without positions and searches: by the place in the sorted list. */
  private static List<String> expected(
      List<StoredEvent> matching, StoredEvent event, Order order, int before, int after) {
    List<StoredEvent> all = new ArrayList<>(matching);
    InMemoryEventStore sorter = new InMemoryEventStore();
    sorter.write(all, RefreshPolicy.NONE).block();
    sorter.write(List.of(event), RefreshPolicy.NONE).block();
    List<StoredEvent> ascending = sorter.matching(new EventQuery(null, null, Set.of(), Order.ASC));
    int place = ascending.indexOf(event);
    List<String> ids =
        ascending
            .subList(Math.max(0, place - before), Math.min(ascending.size(), place + after + 1))
            .stream()
            .map(stored -> stored.event().id())
            .toList();
    return order == Order.ASC ? ids : ids.reversed();
  }

  private JsonNode context(StoredEvent event, EventQuery query, int before, int after) {
    StringBuilder parameters =
        new StringBuilder(
            "?from=%s&to=%s&before=%d&after=%d&order=%s&timestamp=%s"
                .formatted(
                    start,
                    end,
                    before,
                    after,
                    Names.lowerCase(query.order()),
                    event.event().timestamp()));
    query.types().forEach(type -> parameters.append("&type=").append(type));
    return json(logs("/" + event.event().id() + "/context" + parameters));
  }

  @Test
  void findsTheEventBeforeSearchesSeeIt() {
    StoredEvent earlier = events.next(start);
    write(List.of(earlier));
    StoredEvent event = events.next(start.plusNanos(1));
    store.write(List.of(event), RefreshPolicy.NONE).block();
    JsonNode context = json(logs("/%s/context?from=%s".formatted(event.event().id(), start)));
    assertThat(ids(context)).containsExactly(earlier.event().id(), event.event().id());
    assertThat(context.path("index").asInt()).isEqualTo(1);
  }

  @Test
  void showsAnEventThatLiesOutsideOfThePeriod() {
    StoredEvent early = events.next(start);
    StoredEvent middle = events.next(start.plusNanos(10));
    StoredEvent late = events.next(start.plusNanos(20));
    write(List.of(early, middle, late));
    Instant bound = start.plusNanos(10);
    String period = "/context?from=%s&to=%s".formatted(bound, bound);
    assertThat(ids(json(logs("/" + early.event().id() + period))))
        .containsExactly(early.event().id(), middle.event().id());
    assertThat(ids(json(logs("/" + late.event().id() + period))))
        .containsExactly(middle.event().id(), late.event().id());
  }

  @Test
  void endsBothSidesEarlyWhenTheirEventsAreLargeAndGoesOn() {
    List<StoredEvent> large = IntStream.range(0, 60).mapToObj(this::large).toList();
    write(large.subList(0, 30));
    write(large.subList(30, 60));
    String period = "from=%s&to=%s".formatted(start, end);
    URI uri = logs("/%s/context?before=500&after=500&%s".formatted(id(large.get(30)), period));
    JsonNode context = json(uri);
    List<String> read = new ArrayList<>(ids(context));
    assertThat(read).hasSizeBetween(30, 40);
    assertThat(read.get(context.path("index").asInt())).isEqualTo(id(large.get(30)));
    JsonNode back = list(period + "&order=desc", context.path("previous").asString());
    JsonNode forth = list(period, context.path("next").asString());
    read.addAll(0, ids(back).reversed());
    read.addAll(ids(forth));
    assertThat(read).isEqualTo(large.stream().map(ContextIT::id).toList());
  }

  private StoredEvent large(int number) {
    Instant timestamp = start.plusNanos(number);
    Envelope envelope = new Envelope(events.next().event().id(), timestamp, null, null, Map.of());
    return new StoredEvent(
        new ErrorEvent(envelope, "E1", "too much", "at x ".repeat(50_000)), timestamp);
  }

  private JsonNode list(String parameters, String cursor) {
    return json(logs("?%s&limit=1000&cursor=%s".formatted(parameters, cursor)));
  }

  private JsonNode json(URI uri) {
    var answer = get(uri);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static String id(StoredEvent stored) {
    return stored.event().id();
  }
}
