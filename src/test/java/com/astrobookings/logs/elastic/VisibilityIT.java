package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import com.astrobookings.logs.store.memory.Memories;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What searches see, and what they must not pass over in silence. */
class VisibilityIT {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final YearMonth MONTH = YearMonth.of(2017, 7);
  private static final String INDEX = "/astrobookings-events-2017.07";

  private final Elastic elastic = OwnNode.wiped();
  private final EventStore store = elastic.store();
  private final Events events = new Events(2017);

  @AfterEach
  void close() throws IOException {
    elastic.close();
  }

  @Test
  void awaitsARefreshThatAnOperatorHasSwitchedOff() {
    store.write(List.of(next()), RefreshPolicy.WAIT_FOR).block(PATIENCE);
    elastic.put(INDEX + "/_settings", "{\"index.refresh_interval\":\"-1\"}");
    assertThat(store.write(List.of(next()), RefreshPolicy.WAIT_FOR).block(PATIENCE))
        .containsExactly(new Stored());
    EventPage page =
        store.search(Queries.all(), Queries.page(10), Memories.share()).block(PATIENCE);
    assertThat(page.events()).hasSize(2);
  }

  @Test
  void readsNothingBeforeThereIsAnyIndex() {
    EventPage page =
        store.search(Queries.all(), Queries.page(10), Memories.share()).block(PATIENCE);
    assertThat(page.events()).isEmpty();
    assertThat(store.find("any", null, Memories.share()).block(PATIENCE)).isNull();
    assertThat(store.find("any", MONTH, Memories.share()).block(PATIENCE)).isNull();
  }

  @Test
  void failsOverADocumentOfSomebodyElseAndNamesIt() {
    StoredEvent event = next();
    store.write(List.of(event), RefreshPolicy.WAIT_FOR).block(PATIENCE);
    String document = "{\"@timestamp\":\"2017-07-07T00:00:00Z\",\"message\":\"not ours\"}";
    elastic.put(INDEX + "/_doc/foreign?refresh=true", document);

    assertThatThrownBy(
            () -> store.search(Queries.all(), Queries.page(10), Memories.share()).block(PATIENCE))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContainingAll("foreign", "astrobookings-events-2017.07");
    assertThatThrownBy(() -> store.find("foreign", MONTH, Memories.share()).block(PATIENCE))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(store.find(event.event().id(), null, Memories.share()).block(PATIENCE))
        .isEqualTo(event);
    StoredEvent same = events.next("foreign", event.event().timestamp());
    assertThat(store.write(List.of(same), RefreshPolicy.NONE).block(PATIENCE))
        .singleElement()
        .isInstanceOf(Unavailable.class);
  }

  private StoredEvent next() {
    return events.next(events.timestampIn(Instant.parse("2017-07-07T07:07:07Z"), 60));
  }
}
