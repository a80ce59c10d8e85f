package com.astrobookings.logs.elastic.tail;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import com.astrobookings.logs.elastic.read.SearchLimiter;
import com.astrobookings.logs.elastic.tail.ShardNumbers.Primaries;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.elastic.wire.LowLevelClient;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.tail.EventTail;
import com.astrobookings.logs.store.tail.PositionGoneException;
import com.astrobookings.logs.store.tail.TailEncoder;
import com.astrobookings.logs.store.tail.TailPosition;
import com.astrobookings.logs.store.tail.TailPosition.Month;
import com.astrobookings.logs.store.tail.TailReader;
import com.astrobookings.logs.store.tail.TailRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The tail on Elasticsearch. */
public final class ElasticEventTail implements EventTail {

  /** Of all tails together; each may keep a processor of Elasticsearch busy. */
  private static final int MAX_SEARCHES = 2;

  private static final Duration WAIT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(30);

  /** The primary of a new month takes a moment to start. */
  private static final Retry SHARD_START =
      Retry.fixedDelay(4, Duration.ofMillis(250))
          .filter(failure -> failure instanceof StoreUnavailableException)
          .onRetryExhaustedThrow((policy, signal) -> signal.failure());

  private final SharedPoll poll;
  private final RangeReader ranges;
  private final NewestEvents newest;
  private final Clock clock;

  /**
   * Creates a tail.
   *
   * @param interval the pause between two polls while there are readers
   */
  public ElasticEventTail(
      ElasticsearchAsyncClient client, LowLevelClient lowLevel, Duration interval, Clock clock) {
    SearchLimiter limiter = new SearchLimiter(MAX_SEARCHES, WAIT_TIMEOUT);
    this.poll = new SharedPoll(new ShardNumbers(lowLevel), interval, clock);
    this.ranges = new RangeReader(client, limiter);
    this.newest = new NewestEvents(client, limiter);
    this.clock = clock;
  }

  /** Returns for how long the store has not told what became searchable; zero without readers. */
  public Duration lag() {
    return poll.lag();
  }

  @Override
  public Mono<TailReader> open(TailRequest request, TailEncoder encoder) {
    Selection selection = new Selection(request.query(), encoder);
    return poll.fresh()
        .retryWhen(SHARD_START)
        .flatMap(window -> start(request, window).flatMap(at -> reader(selection, at, window)))
        .timeout(OPEN_TIMEOUT)
        .onErrorMap(ElasticEventTail::isOfTheStore, Failures::ofRead);
  }

  private static boolean isOfTheStore(Throwable failure) {
    return !(failure instanceof InvalidValueException || failure instanceof PositionGoneException);
  }

  /** Returns where the tail begins, in terms of the months of {@code window}. */
  private Mono<TailPosition> start(TailRequest request, Window window) {
    TailPosition after = request.after();
    if (after == null) {
      return Mono.just(window.to().remaining(request.last()));
    }
    checkNotAhead(after, poll.answered());
    Map<YearMonth, Month> known = Checkpoints.byMonth(window.to());
    boolean allKnown =
        after.months().stream()
            .map(Month::month)
            .allMatch(month -> known.containsKey(month) || poll.dropped().containsKey(month));
    return allKnown
        ? Mono.fromSupplier(() -> poll.align(after, window))
        : poll.existing()
            .doOnNext(existing -> checkUnavailable(after, known, existing))
            .map(existing -> poll.align(after, window));
  }

  /** A month that exists and is not known here does not answer; it is not dropped. */
  private static void checkUnavailable(
      TailPosition after, Map<YearMonth, Month> known, Collection<YearMonth> existing) {
    for (Month month : after.months()) {
      if (!known.containsKey(month.month()) && existing.contains(month.month())) {
        throw new StoreUnavailableException(month.month() + " does not answer", null);
      }
    }
  }

  /** A store that was set back on disk, below Elasticsearch, continues an earlier history. */
  private static void checkNotAhead(TailPosition after, Map<YearMonth, Primaries> answered) {
    for (Month month : after.months()) {
      Primaries now = answered.get(month.month());
      if (now == null
          || now.checkpoints().history() != month.history()
          || now.max().size() != month.last().size()) {
        continue;
      }
      if (!new Month(month.month(), month.history(), now.max()).reaches(month)) {
        throw new PositionGoneException(
            "The store has fewer events of %s than this position has seen."
                .formatted(month.month()));
      }
    }
  }

  private Mono<TailReader> reader(Selection selection, TailPosition at, Window window) {
    return newest
        .find(selection, at, at.remaining())
        .map(
            places -> new StreamReader(poll, ranges, newest, selection, clock, places, at, window));
  }
}
