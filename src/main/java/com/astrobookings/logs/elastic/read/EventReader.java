package com.astrobookings.logs.elastic.read;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch.cluster.HealthRequest;
import com.astrobookings.logs.elastic.index.IndexExpression;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.read.ContextReader.Sides;
import com.astrobookings.logs.elastic.wire.Documents;
import com.astrobookings.logs.elastic.wire.Documents.Found;
import com.astrobookings.logs.elastic.wire.Documents.Place;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.elastic.wire.LowLevelClient;
import com.astrobookings.logs.elastic.wire.MeteredTransport;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.ContextRequest;
import com.astrobookings.logs.store.EventContext;
import com.astrobookings.logs.store.EventExport;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.memory.NoRoomException;
import com.astrobookings.logs.store.memory.ReadMemory;
import com.astrobookings.logs.store.stats.EventStats;
import com.astrobookings.logs.store.stats.StatsRequest;
import com.astrobookings.logs.store.stats.TooManyBucketsException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Reads events, within a time-out and within the memory for reads. */
public final class EventReader {

  private static final Comparator<StoredEvent> BY_TIME =
      Comparator.comparing(stored -> stored.event().timestamp());

  /** How long a search waits for others to end. */
  private static final Duration WAIT_TIMEOUT = Duration.ofSeconds(5);

  private static final int MAX_RETRIES = 2;
  private static final Time SHARD_START_TIMEOUT = Time.of(t -> t.time("2s"));

  private final ElasticsearchAsyncClient client;
  private final DocumentReader documents;
  private final SearchRequests requests;
  private final SearchLimiter limiter;
  private final SearchLimiter exports;
  private final ExportReader exporter;
  private final IndexExpression months;
  private final Duration limit;

  /**
   * Creates a reader.
   *
   * @param searches the maximum of concurrent searches
   * @param exports the maximum of concurrent exports
   * @param limit the time-out of one read
   */
  public EventReader(
      ElasticsearchAsyncClient client,
      LowLevelClient lowLevel,
      int searches,
      int exports,
      Duration limit) {
    this.client = client;
    this.documents = new DocumentReader(lowLevel);
    this.requests = new SearchRequests(limit);
    this.limiter = new SearchLimiter(searches, WAIT_TIMEOUT);
    this.exports = new SearchLimiter(exports, WAIT_TIMEOUT);
    this.exporter = new ExportReader(lowLevel, client._jsonpMapper(), requests, limiter, limit);
    this.months = new IndexExpression(client);
    this.limit = limit;
  }

  /** Finds an event as {@link com.astrobookings.logs.store.EventStore#find} says. */
  public Mono<StoredEvent> find(String id, @Nullable YearMonth month, ReadMemory.Share memory) {
    return bounded(
        inAPlace(
            memory,
            () ->
                month == null
                    ? newest(id, memory)
                    : documents.read(new Place(new MonthIndex(month).name(), id), memory)));
  }

  private Mono<StoredEvent> newest(String id, ReadMemory.Share memory) {
    ElasticsearchAsyncClient metered =
        new ElasticsearchAsyncClient(new MeteredTransport(client._transport(), memory, 0));
    return months
        .names()
        .map(names -> names.stream().map(index -> new Place(index, id)).toList())
        .flatMapMany(new Documents(metered)::at)
        .concatMap(EventReader::event)
        .reduce((one, other) -> BY_TIME.compare(one, other) < 0 ? other : one);
  }

  /** Searches as {@link com.astrobookings.logs.store.EventStore#search} says. */
  public Mono<EventPage> search(EventQuery query, PageRequest page, ReadMemory.Share memory) {
    Mono<Part> read =
        months
            .expression(query.from(), query.to())
            .flatMap(
                indices -> new PageReader(client, requests, indices, query, page, memory).read());
    return bounded(
        inAPlace(memory, () -> limiter.limit(memory.reader(), read))
            .doOnNext(part -> memory.lowerTo(part.held()))
            .map(Part::page));
  }

  /** Exports as {@link com.astrobookings.logs.store.EventStore#export} says. */
  public Mono<Void> export(
      EventQuery query, String caller, Function<EventExport, ? extends Publisher<Void>> use) {
    Mono<PointInTime> opening =
        months
            .expression(query.from(), query.to())
            .flatMap(indices -> PointInTime.open(client, indices));
    return exports.limit(
        caller,
        exporter.export(bounded(opening.retryWhen(onceShardsHaveStarted())), query, caller, use));
  }

  /** Reads a context as {@link com.astrobookings.logs.store.EventStore#context} says. */
  public Mono<EventContext> context(
      EventQuery query, ContextRequest request, ReadMemory.Share memory) {
    Mono<Sides> read =
        months
            .expression(query.from(), query.to())
            .map(indices ->
                new ContextReader(
                    query,
                    request,
                    (side, page) -> new PageReader(client, requests, indices, side, page, memory)))
            .flatMap(ContextReader::read);
    return bounded(
        inAPlace(memory, () -> limiter.limit(memory.reader(), read))
            .doOnNext(sides -> memory.lowerTo(sides.held()))
            .map(Sides::context));
  }

  /** Counts as {@link com.astrobookings.logs.store.EventStore#stats} says. */
  public Mono<EventStats> stats(EventQuery query, StatsRequest request, ReadMemory.Share memory) {
    Mono<EventStats> read =
        months
            .expression(query.from(), query.to())
            .flatMap(indices ->
                new StatsReader(client, requests, indices, query, request, memory).read());
    return bounded(inAPlace(memory, () -> limiter.limit(memory.reader(), read)));
  }

  /** Starts again with a place of its own what does not fit into the memory of small answers. */
  private <T> Mono<T> inAPlace(ReadMemory.Share memory, Supplier<Mono<T>> read) {
    Mono<T> once = Mono.defer(read).retryWhen(onceShardsHaveStarted());
    return once.onErrorResume(NoRoomException.class, full -> memory.place().then(once));
  }

  private <T> Mono<T> bounded(Mono<T> answer) {
    return answer.timeout(limit).onErrorMap(EventReader::isOfTheStore, Failures::ofRead);
  }

  static boolean isOfTheStore(Throwable failure) {
    return !(failure instanceof InvalidValueException
        || failure instanceof NoRoomException
        || failure instanceof TooManyBucketsException);
  }

  /**
   * Retries a read that needs a shard which is not available, after the shards that are starting
   * have started: the primary of a new month takes a moment.
   */
  private Retry onceShardsHaveStarted() {
    return Retry.max(MAX_RETRIES)
        .filter(Failures::isUnavailable)
        .doBeforeRetryAsync(signal -> shardsHaveStarted())
        .onRetryExhaustedThrow((policy, signal) -> signal.failure());
  }

  private Mono<Void> shardsHaveStarted() {
    HealthRequest request =
        HealthRequest.of(h ->
            h.index(MonthIndex.ALL)
                .waitForNoInitializingShards(true)
                .timeout(SHARD_START_TIMEOUT)
                .masterTimeout(SHARD_START_TIMEOUT));
    return Mono.fromFuture(() -> client.cluster().health(request)).onErrorComplete().then();
  }

  private static Mono<StoredEvent> event(Found found) {
    return switch (found) {
      case Found.There(var event) -> Mono.just(event);
      case Found.Nothing() -> Mono.empty();
      case Found.Unreadable(var reason) -> Mono.error(new StoreUnavailableException(reason, null));
    };
  }
}
