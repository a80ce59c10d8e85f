package com.astrobookings.logs.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.Seconds;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import com.astrobookings.logs.store.memory.Memories;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the parts of {@link EventStoreContract} have in common. */
abstract class EventStoreFixture {

  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final YearMonth FEBRUARY = YearMonth.of(2024, 2);
  static final YearMonth MARCH = YearMonth.of(2024, 3);

  final String prefix = UUID.randomUUID().toString();
  final Random random = new Random(prefix.hashCode());
  final Events events = new Events(prefix.hashCode());
  final Instant start = Seconds.next();

  /** The store under test. */
  protected abstract EventStore store();

  List<StoredEvent> allPages(EventQuery query, int limit) {
    List<StoredEvent> read = new ArrayList<>();
    String preference = UUID.randomUUID().toString();
    SearchAfter after = null;
    boolean more = true;
    while (more) {
      EventPage page = search(query, new PageRequest(limit, after, preference, TotalMode.NONE));
      assertThat(page.events()).hasSizeLessThanOrEqualTo(limit);
      assertThat(page.events().isEmpty() && page.more()).as("a page without progress").isFalse();
      read.addAll(page.events());
      after = page.events().isEmpty() ? after : position(page.events().getLast());
      more = page.more();
    }
    return read;
  }

  List<WriteOutcome> write(StoredEvent... written) {
    return Objects.requireNonNull(
        store().write(List.of(written), RefreshPolicy.WAIT_FOR).block(PATIENCE));
  }

  @Nullable StoredEvent find(String id, @Nullable YearMonth month) {
    return store().find(id, month, Memories.share()).block(PATIENCE);
  }

  EventPage search(EventQuery query, PageRequest page) {
    return Objects.requireNonNull(store().search(query, page, Memories.share()).block(PATIENCE));
  }

  static InMemoryEventStore oracle(List<StoredEvent> written) {
    InMemoryEventStore oracle = new InMemoryEventStore();
    oracle.write(written, RefreshPolicy.WAIT_FOR).block(PATIENCE);
    return oracle;
  }

  static PageRequest page(int limit, @Nullable SearchAfter after, TotalMode total) {
    return new PageRequest(limit, after, "contract", total);
  }

  static SearchAfter position(StoredEvent stored) {
    return SearchAfter.of(stored.event());
  }

  StoredEvent event(String name, int nano) {
    return events.next(id(name), nano(nano));
  }

  String id(String name) {
    return prefix + name;
  }

  Instant nano(int nano) {
    return start.plusNanos(nano);
  }

  /** All events of this test's second, oldest first, unless told otherwise. */
  TestQuery all() {
    return new TestQuery(start, nano(999_999_999), Set.of(), Order.ASC);
  }

  record TestQuery(Instant from, Instant to, Set<EventType> wanted, Order order) {

    TestQuery from(Instant other) {
      return new TestQuery(other, to, wanted, order);
    }

    TestQuery to(Instant other) {
      return new TestQuery(from, other, wanted, order);
    }

    TestQuery types(EventType... others) {
      return new TestQuery(from, to, Set.of(others), order);
    }

    TestQuery descending() {
      return new TestQuery(from, to, wanted, Order.DESC);
    }

    EventQuery query() {
      return new EventQuery(from, to, wanted, order);
    }
  }
}
