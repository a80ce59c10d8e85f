package com.astrobookings.logs.elastic.index;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch.indices.ResolveIndexRequest;
import co.elastic.clients.elasticsearch.indices.ResolveIndexResponse;
import co.elastic.clients.elasticsearch.indices.resolve_index.ResolveIndexItem;
import com.astrobookings.logs.elastic.wire.Requests;
import com.astrobookings.logs.event.value.StoredInstants;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Tells the monthly indices from others whose names begin alike, such as a reindexed copy. Safe for
 * use by several threads.
 */
public final class IndexExpression {

  /** How long another index that has just appeared can be taken for one of ours. */
  private static final Duration MAX_AGE = Duration.ofSeconds(1);

  /** Bounds what all concurrent readers wait for. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);

  /** A search of more months names none of them; a name takes little of the request line. */
  private static final int MAX_NAMED_MONTHS = 12;

  /** Elasticsearch reads a request line of 4 KiB; a comma takes three characters of it. */
  private static final int MAX_EXCLUSIONS_LENGTH = 2_500;

  private final ElasticsearchAsyncClient client;
  private final Mono<List<String>> exclusions;

  /** Creates an instance that asks through {@code client}. */
  public IndexExpression(ElasticsearchAsyncClient client) {
    this.client = client;
    this.exclusions =
        Mono.defer(this::resolve)
            .timeout(REQUEST_TIMEOUT)
            .map(IndexExpression::exclusions)
            .cache(found -> MAX_AGE, failure -> Duration.ZERO, () -> Duration.ZERO);
  }

  /**
   * Returns the index expression that searches all months from {@code from} to {@code to}:
   * wildcards, so that a new month is searched at once, and exclusions of the other indices that
   * they match, as they were at most a second ago. Fails with whatever the client fails with.
   *
   * @param from the earliest timestamp; null if there is none
   * @param to the latest timestamp; null if there is none
   */
  public Mono<List<String>> expression(@Nullable Instant from, @Nullable Instant to) {
    List<String> months = months(from, to);
    return exclusions.map(excluded -> Stream.concat(months.stream(), excluded.stream()).toList());
  }

  private static List<String> months(@Nullable Instant from, @Nullable Instant to) {
    if (from == null
        || to == null
        || from.isAfter(to)
        || from.isBefore(StoredInstants.EARLIEST)
        || to.isAfter(StoredInstants.LATEST)) {
      return List.of(MonthIndex.ALL);
    }
    YearMonth last = MonthIndex.of(to).month();
    List<String> months =
        Stream.iterate(MonthIndex.of(from).month(), month -> month.plusMonths(1))
            .takeWhile(month -> !month.isAfter(last))
            .limit(MAX_NAMED_MONTHS + 1)
            .map(month -> new MonthIndex(month).name() + "*")
            .toList();
    return months.size() > MAX_NAMED_MONTHS ? List.of(MonthIndex.ALL) : months;
  }

  /** Returns the names of the months that exist now, open or closed. */
  public Mono<List<String>> names() {
    return Mono.defer(this::resolve)
        .map(found ->
            found.indices().stream()
                .map(ResolveIndexItem::name)
                .filter(MonthIndex::isName)
                .toList());
  }

  private Mono<ResolveIndexResponse> resolve() {
    ResolveIndexRequest request =
        ResolveIndexRequest.of(r ->
            r.name(MonthIndex.ALL).expandWildcards(ExpandWildcard.Open, ExpandWildcard.Closed));
    return Requests.repeatable(() -> client.indices().resolveIndex(request));
  }

  private static List<String> exclusions(ResolveIndexResponse found) {
    Set<String> others = new TreeSet<>();
    Stream.of(
            found.indices().stream().map(ResolveIndexItem::name),
            found.aliases().stream().flatMap(alias -> alias.indices().stream()),
            found.dataStreams().stream().flatMap(stream -> stream.backingIndices().stream()))
        .flatMap(names -> names)
        .filter(name -> !MonthIndex.isName(name))
        .forEach(others::add);
    return shortened(others).stream().map(name -> "-" + name).toList();
  }

  /** Many copies have names that end alike; no name of a month ends as they do. */
  private static Set<String> shortened(Set<String> names) {
    if (names.stream().mapToInt(name -> name.length() + "%2C-".length()).sum()
        <= MAX_EXCLUSIONS_LENGTH) {
      return names;
    }
    Set<String> patterns = new TreeSet<>();
    for (String name : names) {
      patterns.add(MonthIndex.copySuffix(name).map(MonthIndex.ALL::concat).orElse(name));
    }
    return patterns;
  }
}
