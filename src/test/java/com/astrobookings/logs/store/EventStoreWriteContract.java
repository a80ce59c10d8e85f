package com.astrobookings.logs.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import com.astrobookings.logs.store.WriteOutcome.Conflict;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.memory.Memories;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What becomes of written events; a part of {@link EventStoreContract}. */
abstract class EventStoreWriteContract extends EventStoreFixture {

  @Test
  void storesAnEventOfEachTypeAndGivesItBackWhole() {
    for (EventType type : EventType.values()) {
      StoredEvent event = events.next(type, id(type.name()), nano(1));
      assertThat(write(event)).containsExactly(new Stored());
      assertThat(find(event.event().id(), FEBRUARY)).isEqualTo(event);
      assertThat(allPages(all().types(type).query(), 10)).containsExactly(event);
    }
  }

  @Test
  void knowsAnEventThatItHasAlready() {
    StoredEvent event = event("a", 1);
    assertThat(write(event)).containsExactly(new Stored());
    StoredEvent again = new StoredEvent(event.event(), event.receivedAt().plusSeconds(3_600));
    assertThat(write(again)).containsExactly(new Duplicate());
    assertThat(find(id("a"), FEBRUARY)).isEqualTo(event);
  }

  @Test
  void refusesOtherContentUnderTheSameIdAndKeepsTheFirst() {
    StoredEvent event = event("a", 1);
    write(event);
    assertThat(write(events.otherThan(event))).containsExactly(new Conflict());
    StoredEvent later = events.next(id("a"), nano(2));
    assertThat(write(later)).containsExactly(new Conflict());
    assertThat(find(id("a"), FEBRUARY)).isEqualTo(event);
    assertThat(allPages(all().query(), 10)).containsExactly(event);
  }

  @Test
  void answersForEachEventInTheOrderOfTheList() {
    StoredEvent known = event("known", 1);
    write(known);
    StoredEvent first = event("first", 3);
    StoredEvent last = event("last", 2);
    assertThat(write(first, events.otherThan(known), known, last))
        .containsExactly(new Stored(), new Conflict(), new Duplicate(), new Stored());
  }

  @Test
  void comparesEventsOfOneListWithEachOther() {
    StoredEvent event = event("a", 1);
    StoredEvent other = events.otherThan(event);
    assertThat(write(event, event, other, event("b", 1), event))
        .containsExactly(
            new Stored(), new Duplicate(), new Conflict(), new Stored(), new Duplicate());
    assertThat(find(id("a"), FEBRUARY)).isEqualTo(event);
  }

  @Test
  void storesAnEventOnceThatManySendAtOnce() {
    StoredEvent event = event("a", 1);
    List<WriteOutcome> outcomes =
        Flux.range(0, 16)
            .flatMap(
                i ->
                    Mono.defer(() -> store().write(List.of(event), RefreshPolicy.WAIT_FOR))
                        .subscribeOn(Schedulers.parallel()),
                16)
            .<WriteOutcome>flatMapIterable(list -> list)
            .collectList()
            .block(PATIENCE);
    assertThat(outcomes).hasSize(16).containsOnlyOnce(new Stored());
    assertThat(Collections.frequency(outcomes, new Duplicate())).isEqualTo(15);
    assertThat(allPages(all().query(), 10)).containsExactly(event);
  }

  @Test
  void doesNothingBeforeSubscriptionAndEverythingAtEachOne() {
    StoredEvent event = event("a", 1);
    Mono<List<WriteOutcome>> write = store().write(List.of(event), RefreshPolicy.WAIT_FOR);
    Mono<StoredEvent> find = store().find(id("a"), FEBRUARY, Memories.share());
    Mono<EventPage> search =
        store().search(all().query(), page(10, null, TotalMode.EXACT), Memories.share());
    assertThat(find.blockOptional(PATIENCE)).isEmpty();
    assertThat(search.block(PATIENCE).events()).isEmpty();
    assertThat(write.block(PATIENCE)).containsExactly(new Stored());
    assertThat(write.block(PATIENCE)).containsExactly(new Duplicate());
    assertThat(find.block(PATIENCE)).isEqualTo(event);
    assertThat(search.block(PATIENCE).events()).containsExactly(event);
  }

  @Test
  void findsAnEventAtOnceThatSearchesMayNotSeeYet() {
    StoredEvent event = event("a", 1);
    store().write(List.of(event), RefreshPolicy.NONE).block(PATIENCE);
    assertThat(find(id("a"), FEBRUARY)).isEqualTo(event);
    assertThat(find(id("a"), null)).isEqualTo(event);
  }

  @Test
  void keepsTheSameIdOncePerMonth() {
    StoredEvent february = events.next(id("a"), Instant.parse("2024-02-29T23:59:59.999999999Z"));
    StoredEvent march = events.next(id("a"), Instant.parse("2024-03-01T00:00:00Z"));
    assertThat(write(march, february)).containsExactly(new Stored(), new Stored());
    assertThat(write(february, march)).containsExactly(new Duplicate(), new Duplicate());
    assertThat(find(id("a"), FEBRUARY)).isEqualTo(february);
    assertThat(find(id("a"), MARCH)).isEqualTo(march);
    assertThat(find(id("a"), null)).isEqualTo(march);
    EventQuery border =
        new EventQuery(
            february.event().timestamp(), march.event().timestamp(), Set.of(), Order.ASC);
    assertThat(allPages(border, 1_000))
        .filteredOn(event -> event.event().id().equals(id("a")))
        .containsExactly(february, march);
  }

  @Test
  void findsNothingUnderAnUnknownIdOrInAnotherMonth() {
    write(event("a", 1));
    assertThat(find(id("b"), FEBRUARY)).isNull();
    assertThat(find(id("b"), null)).isNull();
    assertThat(find(id("a"), MARCH)).isNull();
    assertThat(find(id("a"), YearMonth.of(1999, 12))).isNull();
  }
}
