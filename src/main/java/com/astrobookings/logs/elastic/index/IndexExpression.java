package com.astrobookings.logs.elastic.index;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch.indices.ResolveIndexRequest;
import co.elastic.clients.elasticsearch.indices.ResolveIndexResponse;
import co.elastic.clients.elasticsearch.indices.resolve_index.ResolveIndexItem;
import com.astrobookings.logs.elastic.wire.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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

  /** Elasticsearch reads a request line of 4 KiB; a comma takes three characters of it. */
  private static final int MAX_EXCLUSIONS_LENGTH = 2_500;

  private final ElasticsearchAsyncClient client;
  private final Mono<List<String>> expression;

  /** Creates an instance that asks through {@code client}. */
  public IndexExpression(ElasticsearchAsyncClient client) {
    this.client = client;
    this.expression =
        Mono.defer(this::resolve)
            .timeout(REQUEST_TIMEOUT)
            .map(IndexExpression::expression)
            .cache(found -> MAX_AGE, failure -> Duration.ZERO, () -> Duration.ZERO);
  }

  /**
   * Returns the index expression that searches all months: the wildcard, so that a new month is
   * searched at once, and exclusions of the other indices that it matches, as they were at most a
   * second ago. Fails with whatever the client fails with.
   */
  public Mono<List<String>> expression() {
    return expression;
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

  private static List<String> expression(ResolveIndexResponse found) {
    Set<String> others = new TreeSet<>();
    Stream.of(
            found.indices().stream().map(ResolveIndexItem::name),
            found.aliases().stream().flatMap(alias -> alias.indices().stream()),
            found.dataStreams().stream().flatMap(stream -> stream.backingIndices().stream()))
        .flatMap(names -> names)
        .filter(name -> !MonthIndex.isName(name))
        .forEach(others::add);
    List<String> expression = new ArrayList<>(List.of(MonthIndex.ALL));
    shortened(others).forEach(name -> expression.add("-" + name));
    return List.copyOf(expression);
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
