package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.local.OnElasticsearch;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.EventStoreContract;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@OnElasticsearch
class ElasticEventStoreIT extends EventStoreContract {

  @Autowired private EventStore store;

  @Override
  protected EventStore store() {
    return store;
  }

  /** Beans of other tests must not get in its way. */
  @Test
  void isWhatTheServiceUses() {
    assertThat(store).isInstanceOf(ElasticEventStore.class);
  }
}
