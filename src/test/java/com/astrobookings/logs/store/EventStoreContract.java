package com.astrobookings.logs.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventPage.Total;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EventStore} does. A test class for one extends this and names the store.
 *
 * <p>The store may be shared and may hold the events of other tests: each test has a second of its
 * own and ids of its own. Searches may see events late: each write awaits that.
 */
public abstract class EventStoreContract extends EventStoreFilterContract {

  @Test
  void answersWithAnEmptyPageWhereThereIsNothing() {
    for (TotalMode total : List.of(TotalMode.BOUNDED, TotalMode.EXACT)) {
      assertThat(search(all().query(), page(10, null, total)))
          .isEqualTo(new EventPage(List.of(), false, new Total(0, true)));
    }
    EventQuery beforeAnyIndex =
        new EventQuery(
            Instant.parse("1971-01-01T00:00:00Z"),
            Instant.parse("1971-12-31T00:00:00Z"),
            Set.of(),
            Order.DESC);
    assertThat(allPages(beforeAnyIndex, 10)).isEmpty();
  }

  @Test
  void ordersByTimestampAndEqualTimestampsById() {
    StoredEvent late = event("0", 3);
    List<StoredEvent> equal =
        Stream.of("-", "0", "9", "A", "Z", "_", "a", "a-", "a0", "aa", "z")
            .map(name -> events.next(id("x" + name), nano(2)))
            .toList();
    StoredEvent early = event("z", 1);
    List<StoredEvent> shuffled = new ArrayList<>(equal);
    shuffled.add(late);
    shuffled.add(early);
    Collections.shuffle(shuffled, random);
    write(shuffled.toArray(StoredEvent[]::new));
    List<StoredEvent> expected = new ArrayList<>(List.of(early));
    expected.addAll(equal);
    expected.add(late);
    assertThat(allPages(all().query(), 1_000)).containsExactlyElementsOf(expected);
    assertThat(allPages(all().descending().query(), 1_000))
        .containsExactlyElementsOf(expected.reversed());
  }

  @Test
  void includesBothBoundsToTheNanosecond() {
    List<StoredEvent> inOrder =
        IntStream.rangeClosed(0, 6).mapToObj(i -> event("e" + i, 500 + i)).toList();
    write(inOrder.toArray(StoredEvent[]::new));
    assertThat(allPages(all().from(nano(502)).to(nano(504)).query(), 10))
        .containsExactlyElementsOf(inOrder.subList(2, 5));
    assertThat(allPages(all().from(nano(503)).to(nano(503)).query(), 10))
        .containsExactly(inOrder.get(3));
  }

  @Test
  void takesAWholeSecondForAnInstantAndNotForTheSecond() {
    StoredEvent on = event("on", 0);
    StoredEvent after = event("after", 1);
    write(on, after);
    assertThat(allPages(all().to(start).query(), 10)).containsExactly(on);
    assertThat(allPages(all().from(start).query(), 10)).containsExactly(on, after);
  }

  @Test
  void readsWithoutBounds() {
    StoredEvent event = event("a", 1);
    write(event);
    EventQuery until = new EventQuery(null, event.event().timestamp(), Set.of(), Order.DESC);
    assertThat(search(until, page(1, null, TotalMode.NONE)).events()).containsExactly(event);
    EventQuery since = new EventQuery(event.event().timestamp(), null, Set.of(), Order.ASC);
    assertThat(search(since, page(1, null, TotalMode.NONE)).events()).containsExactly(event);
    EventQuery everything = new EventQuery(null, null, Set.of(), Order.ASC);
    SearchAfter before = new SearchAfter(event.event().timestamp(), id(""));
    assertThat(search(everything, page(1, before, TotalMode.NONE)).events()).containsExactly(event);
  }

  @Test
  void takesBoundsBeyondAllThatCanBeStored() {
    Instant early = Instant.parse("0001-01-01T00:00:00Z");
    Instant late = Instant.parse("9999-12-31T23:59:59.999999999Z");
    StoredEvent event = event("a", 1);
    write(event);
    EventQuery all = new EventQuery(early, late, Set.of(event.event().type()), Order.ASC);
    SearchAfter before = new SearchAfter(event.event().timestamp(), id(""));
    assertThat(search(all, page(1, before, TotalMode.NONE)).events()).containsExactly(event);
    EventQuery tooEarly = new EventQuery(early, Instant.EPOCH.minusNanos(1), Set.of(), Order.ASC);
    assertThat(search(tooEarly, page(1, null, TotalMode.EXACT)))
        .isEqualTo(new EventPage(List.of(), false, new Total(0, true)));
    EventQuery tooLate = new EventQuery(late, late, Set.of(), Order.DESC);
    assertThat(search(tooLate, page(1, null, TotalMode.BOUNDED)))
        .isEqualTo(new EventPage(List.of(), false, new Total(0, true)));
  }

  @Test
  void returnsTheTypesAskedFor() {
    List<StoredEvent> written = events.within(start, 60);
    write(written.toArray(StoredEvent[]::new));
    for (EventType type : EventType.values()) {
      assertThat(allPages(all().types(type).query(), 1_000))
          .isNotEmpty()
          .containsExactlyElementsOf(oracle(written).matching(all().types(type).query()));
    }
    EventQuery two = all().types(EventType.AUTH, EventType.NOTIFY).query();
    assertThat(allPages(two, 1_000)).containsExactlyElementsOf(oracle(written).matching(two));
  }

  @Test
  void countsAsAsked() {
    write(events.within(start, 25).toArray(StoredEvent[]::new));
    EventPage first = search(all().query(), page(10, null, TotalMode.EXACT));
    assertThat(first.total()).isEqualTo(new Total(25, true));
    SearchAfter after = SearchAfter.of(first.events().getLast().event());
    assertThat(search(all().query(), page(10, after, TotalMode.EXACT)).total())
        .isEqualTo(new Total(25, true));
    assertThat(search(all().query(), page(10, after, TotalMode.BOUNDED)).total())
        .isEqualTo(new Total(25, true));
    assertThat(search(all().query(), page(10, after, TotalMode.NONE)).total()).isNull();
  }

  @Test
  void saysWhetherMoreFollows() {
    write(events.within(start, 10).toArray(StoredEvent[]::new));
    EventPage part = search(all().query(), page(9, null, TotalMode.NONE));
    assertThat(part.more()).isTrue();
    EventPage rest =
        search(all().query(), page(9, position(part.events().getLast()), TotalMode.NONE));
    assertThat(rest.events()).hasSize(1);
    assertThat(rest.more()).isFalse();
  }

  @Test
  void showsEventsThatAreWrittenAheadOfThePlaceReached() {
    write(event("a", 1), event("b", 3));
    EventPage first = search(all().query(), page(1, null, TotalMode.NONE));
    StoredEvent between = event("between", 2);
    write(event("before", 0), between);
    EventPage second =
        search(all().query(), page(1, position(first.events().getLast()), TotalMode.NONE));
    assertThat(second.events()).containsExactly(between);
  }

  @Test
  void pagesThroughEverythingExactlyOnceInOrder() {
    List<StoredEvent> written = new ArrayList<>(events.within(start, 150));
    for (int i = 0; i < 450; i++) {
      written.add(events.next(nano(7_000 + random.nextInt(4))));
    }
    Collections.shuffle(written, random);
    write(written.toArray(StoredEvent[]::new));
    InMemoryEventStore oracle = oracle(written);
    for (int limit : List.of(7, 100, 599, 600, 1_000)) {
      for (EventQuery query : List.of(all().query(), all().descending().query(), someOf(written))) {
        assertThat(allPages(query, limit))
            .as("%s by %d", query, limit)
            .containsExactlyElementsOf(oracle.matching(query));
      }
    }
  }

  private EventQuery someOf(List<StoredEvent> written) {
    Instant one = written.get(random.nextInt(written.size())).event().timestamp();
    Instant two = written.get(random.nextInt(written.size())).event().timestamp();
    boolean ordered = one.isBefore(two);
    return new EventQuery(
        ordered ? one : two,
        ordered ? two : one,
        Set.of(events.oneOf(List.of(EventType.values()))),
        events.oneOf(List.of(Order.values())));
  }
}
