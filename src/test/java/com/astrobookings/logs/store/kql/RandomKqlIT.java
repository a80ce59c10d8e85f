package com.astrobookings.logs.store.kql;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.local.OnElasticsearch;
import com.astrobookings.logs.local.TestElasticsearch;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.memory.Memories;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random queries on random events: the store, the oracle, the {@code kql} query of Elasticsearch
 * and what the query was made to match must agree.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnElasticsearch
class RandomKqlIT {

  private static final int QUERIES = 600;
  private static final JsonMapper JSON = new JsonMapper();

  private final long seed = UUID.randomUUID().getLeastSignificantBits();
  private final Random random = new Random(seed);
  private final Instant start =
      Instant.parse("2024-02-01T00:00:00Z").plusSeconds(random.nextInt(29 * 86_400));
  private final Instant end = start.plusNanos(999_999_999);
  private final List<StoredEvent> written = new Events(seed).within(start, 150);
  private final InMemoryEventStore oracle = new InMemoryEventStore();
  private final Map<StoredEvent, DocumentModel> documents = new HashMap<>();
  private final RestClient elasticsearch = RestClient.create(TestElasticsearch.uri());

  @Autowired private EventStore store;

  @Test
  void matchWhatTheyMean() {
    assertThat(store.write(written, RefreshPolicy.WAIT_FOR).block()).containsOnly(new Stored());
    oracle.write(written, RefreshPolicy.WAIT_FOR).block();
    written.forEach(event -> documents.put(event, DocumentModel.of(event)));
    RandomQueries queries = new RandomQueries(random, List.copyOf(documents.values()));
    List<String> wrong = new ArrayList<>();
    int selective = 0;
    for (int i = 0; i < QUERIES; i++) {
      RandomQuery made = queries.next(random.nextInt(4));
      EventQuery query = query(made, i % 2 == 0 ? Order.ASC : Order.DESC);
      List<StoredEvent> expected =
          inOrder(query).stream()
              .filter(event -> made.matches().test(documents.get(event)))
              .toList();
      selective += expected.isEmpty() || expected.size() == written.size() ? 0 : 1;
      List<StoredEvent> found = found(query);
      int byElasticsearch = differences(made, expected);
      if (!found.equals(expected)
          || !oracle.matching(query).equals(expected)
          || byElasticsearch > 0) {
        wrong.add(
            "%s%n  as %s%n  means %d, the store finds %d, the oracle %d; %s differs in %d"
                .formatted(
                    made.text(),
                    query.text().root(),
                    expected.size(),
                    found.size(),
                    oracle.matching(query).size(),
                    made.elastic(),
                    byElasticsearch));
      }
    }
    assertThat(wrong).as("seed %d", seed).isEmpty();
    assertThat(selective).as("queries that find some, seed %d", seed).isGreaterThan(QUERIES / 2);
  }

  private EventQuery query(RandomQuery made, Order order) {
    KqlQuery text = KqlQuery.parse(made.text(), ZoneOffset.UTC, start);
    return new EventQuery(start, end, Set.of(), List.of(), text, order);
  }

  private List<StoredEvent> inOrder(EventQuery query) {
    return oracle.matching(new EventQuery(query.from(), query.to(), Set.of(), query.order()));
  }

  private List<StoredEvent> found(EventQuery query) {
    PageRequest page = new PageRequest(1_000, null, "random-kql", TotalMode.EXACT);
    EventPage found = store.search(query, page, Memories.share()).block();
    assertThat(found.total().value()).isEqualTo(found.events().size());
    return found.events();
  }

  /** How many events only one of the two contains. */
  private int differences(RandomQuery made, List<StoredEvent> expected) {
    Map<String, Object> body =
        Map.of(
            "size",
            1_000,
            "_source",
            false,
            "query",
            Map.of(
                "bool",
                Map.of(
                    "filter",
                    List.of(
                        Map.of("kql", Map.of("query", made.elastic())),
                        Map.of(
                            "range",
                            Map.of(
                                "@timestamp",
                                Map.of("gte", start.toString(), "lte", end.toString())))))));
    String answer =
        elasticsearch
            .post()
            .uri("/astrobookings-events-2024.02/_search")
            .contentType(MediaType.APPLICATION_JSON)
            .body(JSON.writeValueAsString(body))
            .retrieve()
            .body(String.class);
    Set<String> only = new HashSet<>();
    JSON.readTree(answer).at("/hits/hits").forEach(hit -> only.add(hit.path("_id").asString()));
    expected.stream()
        .map(stored -> stored.event().id())
        .filter(id -> !only.remove(id))
        .toList()
        .forEach(only::add);
    return only.size();
  }
}
