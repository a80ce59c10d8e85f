package com.astrobookings.logs.store.kql;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.local.OnElasticsearch;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Whatever is asked, however it is typed, a real Elasticsearch finds what it means. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnElasticsearch
class RandomKqlIT {

  private static final int QUESTIONS = 600;

  private final long seed = UUID.randomUUID().getLeastSignificantBits();
  private final Random random = new Random(seed);
  private final Instant start =
      Instant.parse("2024-02-01T00:00:00Z").plusSeconds(random.nextInt(29 * 86_400));
  private final List<StoredEvent> written = new Events(seed).within(start, 150);
  private final InMemoryEventStore oracle = new InMemoryEventStore();
  private final Map<StoredEvent, Held> documents = new HashMap<>();

  @Autowired private EventStore store;

  @Test
  void findsWhatIsMeant() {
    assertThat(store.write(written, RefreshPolicy.WAIT_FOR).block()).containsOnly(new Stored());
    oracle.write(written, RefreshPolicy.WAIT_FOR).block();
    written.forEach(event -> documents.put(event, Held.of(event)));
    Askings askings = new Askings(random, List.copyOf(documents.values()));
    List<String> wrong = new ArrayList<>();
    int telling = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      Asking asking = askings.next(random.nextInt(4));
      EventQuery query = query(asking, i % 2 == 0 ? Order.ASC : Order.DESC);
      List<StoredEvent> meant =
          inOrder(query).stream()
              .filter(event -> asking.finds().test(documents.get(event)))
              .toList();
      telling += meant.isEmpty() || meant.size() == written.size() ? 0 : 1;
      List<StoredEvent> found = found(query);
      if (!found.equals(meant) || !oracle.matching(query).equals(meant)) {
        wrong.add(
            "%s%n  as %s%n  means %d, the store finds %d, the oracle %d"
                .formatted(
                    asking.text(),
                    query.text().text(),
                    meant.size(),
                    found.size(),
                    oracle.matching(query).size()));
      }
    }
    assertThat(wrong).as("seed %d", seed).isEmpty();
    assertThat(telling).as("questions that find some, seed %d", seed).isGreaterThan(QUESTIONS / 2);
  }

  private EventQuery query(Asking asking, Order order) {
    KqlQuery text = KqlQuery.parse(asking.text(), ZoneOffset.UTC, start);
    return new EventQuery(start, start.plusNanos(999_999_999), Set.of(), List.of(), text, order);
  }

  private List<StoredEvent> inOrder(EventQuery query) {
    return oracle.matching(new EventQuery(query.from(), query.to(), Set.of(), query.order()));
  }

  private List<StoredEvent> found(EventQuery query) {
    PageRequest page = new PageRequest(1_000, null, "copies", TotalMode.EXACT);
    EventPage found = store.search(query, page, Memories.share()).block();
    assertThat(found.total().value()).isEqualTo(found.events().size());
    return found.events();
  }
}
