package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.elastic.index.IndexSchema;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Rejected;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.memory.Memories;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** Many writers at once, on indices that do not exist or are taken away under their hands. */
class DisappearingIndicesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant START = Instant.parse("2019-03-01T00:00:00Z");

  private final Elastic elastic = OwnNode.wiped();
  private final EventStore store = elastic.store();
  private final Events events = new Events(2019);
  private final AtomicInteger round = new AtomicInteger();
  private final Queue<Map.Entry<Integer, StoredEvent>> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<WriteOutcome> rejected = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() throws IOException {
    elastic.close();
  }

  @Test
  void theSameEventFromManyThreadsIsStoredOnce() {
    StoredEvent event = events.next(START);
    List<WriteOutcome> outcomes =
        Flux.range(0, 64)
            .map(i -> new StoredEvent(event.event(), event.receivedAt().plusNanos(i)))
            .flatMap(
                copy ->
                    store
                        .write(List.of(copy), RefreshPolicy.NONE)
                        .subscribeOn(Schedulers.boundedElastic()),
                64)
            .<WriteOutcome>flatMapIterable(list -> list)
            .collectList()
            .block(PATIENCE);
    assertThat(outcomes).hasSize(64).containsOnlyOnce(new Stored());
    assertThat(Collections.frequency(outcomes, new Duplicate())).isEqualTo(63);
    assertThat(elastic.get("/astrobookings-events-2019.03/_count?q=*").get("count").intValue())
        .isLessThanOrEqualTo(1);
  }

  @Test
  void indicesAndTemplateTakenAwayComeBackWithOurMapping() {
    Disposable writers =
        Flux.range(0, Integer.MAX_VALUE).flatMap(i -> Mono.defer(this::writeSome), 4).subscribe();
    try {
      for (int i = 0; i < 6; i++) {
        awaitAcknowledgements();
        elastic.wipe();
        assertThatEveryIndexIsOurs();
        round.incrementAndGet();
      }
      awaitAcknowledgements();
    } finally {
      writers.dispose();
    }
    assertThat(rejected).isEmpty();
    assertThatEveryIndexIsOurs();
    assertThat(elastic.get("/_index_template/astrobookings-events").get("index_templates"))
        .hasSize(1);
    assertThat(acknowledgedIn(round.get()))
        .allSatisfy(event -> assertThat(find(event)).isEqualTo(event));
  }

  /** What was written in this round was begun after the indices were last taken away. */
  private Mono<Void> writeSome() {
    int begun = round.get();
    List<StoredEvent> batch = IntStream.range(0, 5).mapToObj(i -> next()).toList();
    return store
        .write(batch, RefreshPolicy.NONE)
        .doOnNext(outcomes -> {
          for (int i = 0; i < batch.size(); i++) {
            note(begun, batch.get(i), outcomes.get(i));
          }
        })
        .then();
  }

  private void note(int begun, StoredEvent event, WriteOutcome outcome) {
    if (outcome instanceof Stored) {
      acknowledged.add(Map.entry(begun, event));
    } else if (outcome instanceof Rejected) {
      rejected.add(outcome);
    }
  }

  private synchronized StoredEvent next() {
    return events.next(events.timestampIn(START, 80 * 86_400));
  }

  private void awaitAcknowledgements() {
    await().atMost(PATIENCE).until(() -> acknowledgedIn(round.get()).size() > 50);
  }

  private StoredEvent find(StoredEvent stored) {
    LogEvent event = stored.event();
    return store
        .find(event.id(), MonthIndex.of(event.timestamp()).month(), Memories.share())
        .block(PATIENCE);
  }

  private List<StoredEvent> acknowledgedIn(int wanted) {
    return acknowledged.stream()
        .filter(entry -> entry.getKey() == wanted)
        .map(Map.Entry::getValue)
        .toList();
  }

  private void assertThatEveryIndexIsOurs() {
    JsonNode indices = elastic.get("/_all/_mapping?expand_wildcards=all");
    assertThat(indices.propertyNames())
        .allMatch(name -> name.startsWith("astrobookings-events-20"));
    indices.forEach(index -> {
      assertThat(index.at("/mappings/dynamic").stringValue()).isEqualTo("strict");
      assertThat(index.at("/mappings/_meta/version").intValue())
          .isEqualTo(IndexSchema.declared().version());
      assertThat(index.at("/mappings/properties/event/properties/id/type").stringValue())
          .isEqualTo("keyword");
    });
  }
}
