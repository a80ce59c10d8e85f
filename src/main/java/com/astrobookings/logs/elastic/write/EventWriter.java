package com.astrobookings.logs.elastic.write;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import com.astrobookings.logs.elastic.index.Durability;
import com.astrobookings.logs.elastic.index.IndexKeeper;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.wire.Documents;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Defect;
import com.astrobookings.logs.store.WriteOutcome.Rejected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Splits what is to be written by month, id and size, and gives each event its outcome. Safe for
 * use by several threads.
 */
public final class EventWriter {

  private static final Logger log = LoggerFactory.getLogger(EventWriter.class);

  /** How long a month is left alone whose shard is out of service. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private static final int MONTHS_AT_ONCE = 16;
  private static final int BULKS_AT_ONCE = 2;

  private final BulkWriter bulk;

  /** Writes through {@code client} to indices that the others look after. */
  public EventWriter(ElasticsearchAsyncClient client, IndexKeeper keeper, Durability durability) {
    this.bulk =
        new BulkWriter(
            keeper,
            durability,
            new BulkSender(client),
            new StoredCopies(new Documents(client)),
            new HeldMonths(PAUSE));
  }

  /** Writes as {@link com.astrobookings.logs.store.EventStore#write} says. */
  public Mono<List<WriteOutcome>> write(
      List<StoredEvent> events, RefreshPolicy refresh, Duration within) {
    return Mono.defer(() -> {
      Outcomes outcomes = new Outcomes(events.size());
      return Mono.defer(() -> write(events, refresh, outcomes))
          .timeout(within)
          .onErrorResume(EventWriter::leaveOpen)
          .then(Mono.fromSupplier(outcomes::list));
    });
  }

  private Mono<Void> write(List<StoredEvent> events, RefreshPolicy refresh, Outcomes outcomes) {
    Map<MonthIndex, List<Item>> months = new LinkedHashMap<>();
    for (int i = 0; i < events.size(); i++) {
      Item item = new Item(i, events.get(i));
      months.computeIfAbsent(item.month(), month -> new ArrayList<>()).add(item);
    }
    return Flux.fromIterable(months.entrySet())
        .flatMap(
            month -> write(month.getKey(), month.getValue(), refresh, outcomes), MONTHS_AT_ONCE)
        .then();
  }

  /** Sends the first event of each id; what that one met decides about the others. */
  private Mono<Void> write(
      MonthIndex month, List<Item> items, RefreshPolicy refresh, Outcomes outcomes) {
    Map<String, Item> firsts = new LinkedHashMap<>();
    List<Item> others = new ArrayList<>();
    for (Item item : items) {
      if (firsts.putIfAbsent(item.id(), item) != null) {
        others.add(item);
      }
    }
    Set<String> followed = others.stream().map(Item::id).collect(Collectors.toSet());
    Chunks chunks = Chunks.of(firsts.values(), followed);
    return Flux.fromIterable(chunks.parts())
        .flatMap(part -> bulk.write(month, part, refresh), BULKS_AT_ONCE)
        .startWith(chunks.failed())
        .doOnNext(
            written -> written.forEach((id, w) -> outcomes.put(known(firsts, id), w.outcome())))
        .collect(HashMap<String, Written>::new, Map::putAll)
        .map(written -> settle(others, firsts, written, outcomes))
        .flatMap(open -> open.isEmpty() ? Mono.empty() : write(month, open, refresh, outcomes));
  }

  /** Returns those that must be tried themselves, because the first of their id never can. */
  private static List<Item> settle(
      List<Item> others,
      Map<String, Item> firsts,
      Map<String, Written> written,
      Outcomes outcomes) {
    List<Item> open = new ArrayList<>();
    for (Item other : others) {
      Written first = known(written, other.id());
      boolean hopeless = first.outcome() instanceof Rejected || first.outcome() instanceof Defect;
      if (hopeless && !other.sameContentAs(known(firsts, other.id()))) {
        open.add(other);
      } else {
        outcomes.put(other, first.repeatedBy(other.event()));
      }
    }
    return open;
  }

  private static <T> T known(Map<String, T> byId, String id) {
    return Objects.requireNonNull(byId.get(id), id);
  }

  private static Mono<Void> leaveOpen(Throwable failure) {
    if (!(failure instanceof TimeoutException)) {
      log.error("A write failed in an unforeseen way", failure);
    }
    return Mono.empty();
  }

  /**
   * An event to write.
   *
   * @param position its place in the answer
   */
  record Item(int position, StoredEvent event) {

    String id() {
      return event.event().id();
    }

    MonthIndex month() {
      return MonthIndex.of(event.event().timestamp());
    }

    boolean sameContentAs(Item other) {
      return event.event().equals(other.event.event());
    }
  }
}
