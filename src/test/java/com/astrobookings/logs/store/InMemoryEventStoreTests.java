package com.astrobookings.logs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import com.astrobookings.logs.store.memory.Memories;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryEventStoreTests extends EventStoreContract {

  private final InMemoryEventStore store = new InMemoryEventStore();

  @Override
  protected EventStore store() {
    return store;
  }

  @Test
  void takesAndAnswersNothingInAnOutage() {
    StoredEvent event = new Events(1).next();
    store.beOverloaded("too much");
    assertThat(store.write(List.of(event), RefreshPolicy.NONE).block())
        .containsExactly(new Unavailable(true, "too much"));
    store.timeOut("too slow");
    assertThatThrownBy(() -> store.find(event.event().id(), null, Memories.share()).block())
        .isInstanceOfSatisfying(
            StoreUnavailableException.class, e -> assertThat(e.timedOut()).isTrue());
    store.comeBack();
    assertThat(store.write(List.of(event), RefreshPolicy.NONE).block())
        .containsExactly(new Stored());
  }
}
