package com.astrobookings.logs.elastic.tail;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.read.QueryFilters;
import com.astrobookings.logs.elastic.read.SearchLimiter;
import com.astrobookings.logs.elastic.wire.Document;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.elastic.wire.Hits;
import com.astrobookings.logs.elastic.wire.Requests;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.tail.TailChunk;
import com.astrobookings.logs.store.tail.TailPosition;
import com.astrobookings.logs.store.tail.TailPosition.Month;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads what lies between two positions: shard after shard, in the order of sequence numbers. Safe
 * for use by several threads.
 */
final class RangeReader {

  private static final String SEQUENCE_NUMBER = "_seq_no";
  private static final Duration SEARCH_TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_EVENTS = 1_000;
  private static final int MIN_EVENTS = 8;

  /** Parts that are kept for other readers. */
  private static final int MAX_RECENT = 32;

  private static final int FIRST_SIZE_OF_EVENT = 1_024;

  private final ElasticsearchAsyncClient client;
  private final SearchLimiter limiter;

  /** Guarded by itself. */
  private final Map<Start, Mono<Part>> recent =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Start, Mono<Part>> eldest) {
          return size() > MAX_RECENT;
        }
      };

  /** Of the events read last: how many fit into a response is estimated by it. */
  private volatile int sizeOfEvent = FIRST_SIZE_OF_EVENT;

  RangeReader(ElasticsearchAsyncClient client, SearchLimiter limiter) {
    this.client = client;
    this.limiter = limiter;
  }

  /**
   * A part of what was asked for.
   *
   * @param chunks the events, encoded
   * @param end up to where it has been read
   */
  record Part(List<TailChunk> chunks, TailPosition end) {}

  /** Where a reader reads on. */
  private record Start(Selection selection, TailPosition from) {}

  /** The part of a range that lies in one shard: {@code after} exclusive, {@code to} inclusive. */
  private record Range(TailPosition from, int month, int shard, long after, long to) {

    TailPosition at(long number) {
      return from.at(month, shard, number);
    }

    String index() {
      return new MonthIndex(from.months().get(month).month()).name();
    }

    @Nullable String preference() {
      return from.months().get(month).last().size() == 1 ? null : "_shards:" + shard;
    }
  }

  /**
   * Reads the first part of a range, with one search at most.
   *
   * @param to of the same months as {@code from}; inclusive
   * @param bytes about how many bytes the part may have
   * @return fails with {@link InvalidValueException} if the query is more than Elasticsearch can
   *     evaluate, and with whatever the client fails with
   */
  Mono<Part> read(Selection selection, TailPosition from, TailPosition to, int bytes) {
    Range range = firstRange(from, to);
    Optional<List<Query>> filters = QueryFilters.of(selection.query());
    if (range == null || filters.isEmpty()) {
      return Mono.just(new Part(List.of(), end(from, to)));
    }
    int count = Math.clamp(bytes / sizeOfEvent, MIN_EVENTS, MAX_EVENTS);
    return limiter
        .limit(selection.name(), search(range, filters.get(), count))
        .map(answer -> part(selection, range, answer))
        .onErrorMap(
            Failures::isQueryRefused,
            failure ->
                new InvalidValueException(
                    "is more than the event store can evaluate; ask for less"));
  }

  /**
   * Does the same, and shares what is read with the readers that ask for the same soon: those that
   * fall behind together are at the same position.
   */
  Mono<Part> readShared(Selection selection, TailPosition from, TailPosition to, int bytes) {
    Start start = new Start(selection, from);
    synchronized (recent) {
      return recent.computeIfAbsent(
          start, key -> read(selection, from, to, bytes).doOnError(failure -> forget(key)).cache());
    }
  }

  private void forget(Start start) {
    synchronized (recent) {
      recent.remove(start);
    }
  }

  /** Whether nothing lies between the positions. */
  static boolean isEmpty(TailPosition from, TailPosition to) {
    return firstRange(from, to) == null;
  }

  private static @Nullable Range firstRange(TailPosition from, TailPosition to) {
    for (int i = 0; i < from.months().size(); i++) {
      List<Long> start = from.months().get(i).last();
      List<Long> end = to.months().get(i).last();
      for (int shard = 0; shard < start.size(); shard++) {
        if (start.get(shard) < end.get(shard)) {
          return new Range(from, i, shard, start.get(shard), end.get(shard));
        }
      }
    }
    return null;
  }

  private static TailPosition end(TailPosition from, TailPosition to) {
    List<Month> months = new ArrayList<>();
    for (int i = 0; i < from.months().size(); i++) {
      months.add(from.months().get(i).max(to.months().get(i)));
    }
    return new TailPosition(months, from.remaining());
  }

  private Mono<Answer> search(Range range, List<Query> filters, int count) {
    SearchRequest request = request(range, filters, count);
    return Requests.repeatable(() -> client.search(request, Document.class))
        .doOnNext(Hits::checkComplete)
        .map(found -> new Answer(found, count))
        .onErrorResume(
            failure -> count > 1 && Failures.isAnswerTooLarge(failure),
            failure -> search(range, filters, count / 2));
  }

  private record Answer(SearchResponse<Document> found, int asked) {}

  private static SearchRequest request(Range range, List<Query> filters, int count) {
    Query between =
        Query.of(q ->
            q.range(r ->
                r.untyped(u ->
                    u.field(SEQUENCE_NUMBER)
                        .gt(JsonData.of(range.after()))
                        .lte(JsonData.of(range.to())))));
    return SearchRequest.of(s ->
        s.index(range.index())
            .preference(range.preference())
            .allowPartialSearchResults(false)
            .timeout(SEARCH_TIMEOUT.toMillis() + "ms")
            .query(q -> q.bool(b -> b.filter(between).filter(filters)))
            .sort(o -> o.field(f -> f.field(SEQUENCE_NUMBER).order(SortOrder.Asc)))
            .size(count)
            .trackTotalHits(t -> t.enabled(false)));
  }

  private Part part(Selection selection, Range range, Answer answer) {
    ChunkBuilder chunks = new ChunkBuilder(selection.encoder());
    List<Hit<Document>> hits = answer.found().hits().hits();
    long last = range.to();
    long bytes = 0;
    for (Hit<Document> hit : hits) {
      last = hit.sort().getFirst().longValue();
      chunks.add(Hits.event(hit), range.at(last));
      bytes += Objects.requireNonNull(hit.source()).bytes();
    }
    if (!hits.isEmpty()) {
      sizeOfEvent = (int) Math.max(1, bytes / hits.size());
    }
    return new Part(chunks.build(), range.at(hits.size() < answer.asked() ? range.to() : last));
  }
}
