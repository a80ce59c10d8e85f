package com.astrobookings.logs.store;

import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import com.astrobookings.logs.store.WriteOutcome.Conflict;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import com.astrobookings.logs.store.kql.KqlOracle;
import com.astrobookings.logs.store.memory.ReadMemory;
import com.astrobookings.logs.store.stats.EventStats;
import com.astrobookings.logs.store.stats.StatsOracle;
import com.astrobookings.logs.store.stats.StatsRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A store that keeps events in memory and answers in the plainest way that is correct: one
 * predicate, one comparator. Tests use it in place of the real one and as the oracle that says what
 * every read of the real one must return.
 */
public final class InMemoryEventStore implements EventStore {

  private static final Comparator<SearchAfter> ASCENDING =
      Comparator.comparing(SearchAfter::timestamp).thenComparing(SearchAfter::id);

  private final Map<Key, StoredEvent> events = new ConcurrentHashMap<>();
  private volatile @Nullable Outage outage;

  private final List<Function<LogEvent, @Nullable WriteOutcome>> exceptions =
      new CopyOnWriteArrayList<>();
  private final List<Integer> writes = new CopyOnWriteArrayList<>();
  private volatile Duration lastWithin = Duration.ZERO;

  private record Key(String id, YearMonth month) {
    static Key of(LogEvent event) {
      return new Key(event.id(), YearMonth.from(event.timestamp().atZone(ZoneOffset.UTC)));
    }
  }

  private record Outage(boolean overloaded, boolean timedOut, String reason) {}

  /** Takes and answers nothing until {@link #comeBack}. */
  public void goDown(String reason) {
    outage = new Outage(false, false, reason);
  }

  /** Takes nothing and asks to be sent less, until {@link #comeBack}. */
  public void beOverloaded(String reason) {
    outage = new Outage(true, false, reason);
  }

  /** Takes nothing and is too slow to answer, until {@link #comeBack}. */
  public void timeOut(String reason) {
    outage = new Outage(false, true, reason);
  }

  /** Gives this outcome to events of which {@code chosen} is true, until {@link #comeBack}. */
  public void answer(WriteOutcome outcome, Predicate<LogEvent> chosen) {
    exceptions.add(event -> chosen.test(event) ? outcome : null);
  }

  /** Ends any outage. */
  public void comeBack() {
    outage = null;
    exceptions.clear();
  }

  /** The number of events in each write, in their order. */
  public List<Integer> writes() {
    return writes;
  }

  /** Everything it holds, in no particular order. */
  public Collection<StoredEvent> events() {
    return List.copyOf(events.values());
  }

  /** The time that the last write was given. */
  public Duration within() {
    return lastWithin;
  }

  /** Forgets everything. */
  public void clear() {
    events.clear();
  }

  @Override
  public Mono<List<WriteOutcome>> write(
      List<StoredEvent> events, RefreshPolicy refresh, Duration within) {
    return Mono.fromSupplier(() -> {
      lastWithin = within;
      writes.add(events.size());
      return events.stream().map(this::write).toList();
    });
  }

  private WriteOutcome write(StoredEvent stored) {
    Outage current = outage;
    if (current != null) {
      return new Unavailable(current.overloaded(), current.reason());
    }
    for (Function<LogEvent, @Nullable WriteOutcome> exception : exceptions) {
      WriteOutcome outcome = exception.apply(stored.event());
      if (outcome != null) {
        return outcome;
      }
    }
    StoredEvent earlier = events.putIfAbsent(Key.of(stored.event()), stored);
    if (earlier == null) {
      return new Stored();
    }
    return earlier.event().equals(stored.event()) ? new Duplicate() : new Conflict();
  }

  @Override
  public Mono<StoredEvent> find(String id, @Nullable YearMonth month, ReadMemory.Share memory) {
    return Mono.fromCallable(() -> {
      failInAnOutage();
      return events.values().stream()
          .filter(stored -> stored.event().id().equals(id))
          .filter(stored -> month == null || Key.of(stored.event()).month().equals(month))
          .max(Comparator.comparing(stored -> stored.event().timestamp()))
          .orElse(null);
    });
  }

  @Override
  public Mono<EventPage> search(EventQuery query, PageRequest page, ReadMemory.Share memory) {
    return Mono.fromSupplier(() -> {
      failInAnOutage();
      List<StoredEvent> matching = matching(query);
      List<StoredEvent> rest =
          matching.stream().filter(follows(page.after(), query.order())).toList();
      return new EventPage(
          rest.stream().limit(page.limit()).toList(),
          rest.size() > page.limit(),
          page.total() == TotalMode.NONE ? null : new EventPage.Total(matching.size(), true));
    });
  }

  @Override
  public Mono<EventContext> context(
      EventQuery query, ContextRequest request, ReadMemory.Share memory) {
    return Mono.fromSupplier(() -> {
      failInAnOutage();
      return new EventContext(
          nearest(query.in(EventQuery.Order.DESC), request.position(), request.before()),
          nearest(query.in(EventQuery.Order.ASC), request.position(), request.after()));
    });
  }

  @Override
  public Mono<Void> export(
      EventQuery query, String reader, Function<EventExport, ? extends Publisher<Void>> use) {
    return Mono.defer(() -> {
      failInAnOutage();
      List<StoredEvent> matching = matching(query);
      return Mono.from(
          use.apply(new EventExport(matching.size(), Flux.fromIterable(matching).buffer(100))));
    });
  }

  private EventPage nearest(EventQuery query, SearchAfter position, int count) {
    List<StoredEvent> rest =
        matching(query).stream().filter(follows(position, query.order())).toList();
    return new EventPage(
        rest.stream().limit(count).toList(), count == 0 || rest.size() > count, null);
  }

  @Override
  public Mono<EventStats> stats(EventQuery query, StatsRequest request, ReadMemory.Share memory) {
    return Mono.fromSupplier(() -> {
      failInAnOutage();
      return StatsOracle.stats(query, request, matching(query));
    });
  }

  /** All that matches, in the order asked for. */
  public List<StoredEvent> matching(EventQuery query) {
    return events.values().stream()
        .filter(stored -> matches(query, stored))
        .sorted(Comparator.comparing(InMemoryEventStore::position, comparator(query.order())))
        .toList();
  }

  private static boolean matches(EventQuery query, StoredEvent stored) {
    LogEvent event = stored.event();
    Instant from = query.from();
    Instant to = query.to();
    return (from == null || !event.timestamp().isBefore(from))
        && (to == null || !event.timestamp().isAfter(to))
        && (query.types().isEmpty() || query.types().contains(event.type()))
        && query.filters().stream().allMatch(filter -> Matching.accepts(filter, event))
        && (query.text() == null || KqlOracle.matches(query.text(), stored));
  }

  private static Predicate<StoredEvent> follows(
      @Nullable SearchAfter after, EventQuery.Order order) {
    return stored -> after == null || comparator(order).compare(position(stored), after) > 0;
  }

  private static SearchAfter position(StoredEvent stored) {
    return SearchAfter.of(stored.event());
  }

  private static Comparator<SearchAfter> comparator(EventQuery.Order order) {
    return switch (order) {
      case ASC -> ASCENDING;
      case DESC -> ASCENDING.reversed();
    };
  }

  private void failInAnOutage() {
    Outage current = outage;
    if (current != null) {
      throw new StoreUnavailableException(current.reason(), null, current.timedOut());
    }
  }
}
