package com.astrobookings.logs.elastic.write;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import com.astrobookings.logs.elastic.index.IndexKeeper;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.wire.Documents;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.Visibility;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Rejected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

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
  private static final long BULK_BYTES = 8L << 20;

  private final BulkWriter bulk;
  private final Duration limit;

  /**
   * A writer.
   *
   * @param limit when it answers, whatever Elasticsearch does
   */
  public EventWriter(ElasticsearchAsyncClient client, IndexKeeper keeper, Duration limit) {
    this.bulk =
        new BulkWriter(
            keeper,
            new BulkSender(client),
            new StoredCopies(new Documents(client)),
            new HeldMonths(PAUSE));
    this.limit = limit;
  }

  /** Writes as {@link com.astrobookings.logs.store.EventStore#write} says. */
  public Mono<List<WriteOutcome>> write(List<StoredEvent> events, Visibility visibility) {
    // Serialising a large batch takes longer than an event loop may be kept.
    return Mono.defer(() -> writeNow(events, visibility)).subscribeOn(Schedulers.parallel());
  }

  private Mono<List<WriteOutcome>> writeNow(List<StoredEvent> events, Visibility visibility) {
    Outcomes outcomes = new Outcomes(events.size());
    Map<MonthIndex, List<Item>> months = new LinkedHashMap<>();
    for (int i = 0; i < events.size(); i++) {
      Item item = new Item(i, events.get(i));
      months.computeIfAbsent(item.month(), month -> new ArrayList<>()).add(item);
    }
    return Flux.fromIterable(months.entrySet())
        .flatMap(
            month -> write(month.getKey(), month.getValue(), visibility, outcomes), MONTHS_AT_ONCE)
        .then()
        .timeout(limit)
        .onErrorResume(EventWriter::leaveOpen)
        .then(Mono.fromSupplier(outcomes::list));
  }

  /** Sends the first event of each id; what that one met decides about the others. */
  private Mono<Void> write(
      MonthIndex month, List<Item> items, Visibility visibility, Outcomes outcomes) {
    Map<String, Item> firsts = new LinkedHashMap<>();
    List<Item> others = new ArrayList<>();
    for (Item item : items) {
      if (firsts.putIfAbsent(item.id(), item) != null) {
        others.add(item);
      }
    }
    return Flux.fromIterable(chunks(firsts.values()))
        .flatMap(chunk -> bulk.write(month, chunk, visibility), BULKS_AT_ONCE)
        .doOnNext(
            written -> written.forEach((id, w) -> outcomes.put(known(firsts, id), w.outcome())))
        .collect(HashMap<String, Written>::new, Map::putAll)
        .map(written -> settle(others, firsts, written, outcomes))
        .flatMap(open -> open.isEmpty() ? Mono.empty() : write(month, open, visibility, outcomes));
  }

  /** Returns those that must be tried themselves, because the first of their id was rejected. */
  private static List<Item> settle(
      List<Item> others,
      Map<String, Item> firsts,
      Map<String, Written> written,
      Outcomes outcomes) {
    List<Item> open = new ArrayList<>();
    for (Item other : others) {
      Written first = known(written, other.id());
      if (first.outcome() instanceof Rejected && !other.sameContentAs(known(firsts, other.id()))) {
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

  private static List<List<NewDocument>> chunks(Collection<Item> items) {
    List<List<NewDocument>> chunks = new ArrayList<>();
    long room = 0;
    for (Item item : items) {
      NewDocument document = NewDocument.of(item.event());
      room -= document.bytes();
      if (room < 0) {
        chunks.add(new ArrayList<>());
        room = BULK_BYTES - document.bytes();
      }
      chunks.getLast().add(document);
    }
    return chunks;
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
