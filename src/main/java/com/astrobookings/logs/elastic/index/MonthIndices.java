package com.astrobookings.logs.elastic.index;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.CommonStatsFlag;
import co.elastic.clients.elasticsearch._types.DocStats;
import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch._types.Level;
import co.elastic.clients.elasticsearch._types.StoreStats;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch.cluster.HealthRequest;
import co.elastic.clients.elasticsearch.indices.DeleteIndexRequest;
import co.elastic.clients.elasticsearch.indices.IndicesStatsRequest;
import co.elastic.clients.elasticsearch.indices.stats.IndicesStats;
import co.elastic.clients.elasticsearch.nodes.NodesStatsRequest;
import co.elastic.clients.elasticsearch.nodes.stats.NodeStatsMetric;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.elastic.wire.Requests;
import com.astrobookings.logs.store.EventMonths;
import com.astrobookings.logs.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Lists and deletes the monthly indices. Indices with other names are neither listed nor deleted.
 */
public final class MonthIndices implements EventMonths {

  private static final Time SERVER_TIMEOUT = Time.of(t -> t.time("10s"));

  /** Longer than the time-out that Elasticsearch applies itself. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(12);

  private final ElasticsearchAsyncClient client;

  /** Creates an instance that sends its requests through {@code client}. */
  public MonthIndices(ElasticsearchAsyncClient client) {
    this.client = client;
  }

  @Override
  public Mono<Inventory> list() {
    return Mono.zip(time(), names(), sizes())
        .map(found -> new Inventory(found.getT1(), months(found.getT2(), found.getT3())))
        .onErrorMap(Failures::ofRead);
  }

  @Override
  public Mono<Boolean> drop(YearMonth month) {
    DeleteIndexRequest request =
        DeleteIndexRequest.of(d ->
            d.index(new MonthIndex(month).name())
                .masterTimeout(SERVER_TIMEOUT)
                .timeout(SERVER_TIMEOUT));
    return call(() -> client.indices().delete(request))
        .thenReturn(true)
        .onErrorReturn(Failures::isNotFound, false)
        .onErrorMap(Failures::ofRead);
  }

  /** Returns the earliest time of all nodes, so that one wrong clock cannot make events old. */
  private Mono<Instant> time() {
    NodesStatsRequest request = NodesStatsRequest.of(n -> n.metric(NodeStatsMetric.Os));
    return call(() -> client.nodes().stats(request))
        .flatMap(found ->
            Mono.justOrEmpty(
                found.nodes().values().stream()
                    .map(node -> node.timestamp())
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())))
        .map(Instant::ofEpochMilli)
        .switchIfEmpty(
            Mono.error(
                () -> new StoreUnavailableException("No Elasticsearch node told its time", null)));
  }

  /** Returns the names of all indices, closed ones included; aliases are not among them. */
  private Mono<Collection<String>> names() {
    HealthRequest request =
        HealthRequest.of(h ->
            h.index(MonthIndex.ALL)
                .level(Level.Indices)
                .expandWildcards(ExpandWildcard.Open, ExpandWildcard.Closed));
    return call(() -> client.cluster().health(request)).map(found -> found.indices().keySet());
  }

  private Mono<Map<String, IndicesStats>> sizes() {
    IndicesStatsRequest request =
        IndicesStatsRequest.of(
            s -> s.index(MonthIndex.ALL).metric(CommonStatsFlag.Docs, CommonStatsFlag.Store));
    return call(() -> client.indices().stats(request)).map(found -> found.indices());
  }

  private static List<Month> months(Collection<String> names, Map<String, IndicesStats> sizes) {
    return names.stream()
        .flatMap(
            name -> MonthIndex.named(name).map(index -> month(index, sizes.get(name))).stream())
        .sorted(Comparator.comparing(Month::month))
        .toList();
  }

  private static Month month(MonthIndex index, @Nullable IndicesStats sizes) {
    DocStats docs = sizes == null || sizes.primaries() == null ? null : sizes.primaries().docs();
    StoreStats store = sizes == null || sizes.total() == null ? null : sizes.total().store();
    return new Month(
        index.month(), docs == null ? 0 : docs.count(), store == null ? 0 : store.sizeInBytes());
  }

  private static <T> Mono<T> call(Supplier<CompletableFuture<T>> request) {
    return Requests.repeatable(request).timeout(REQUEST_TIMEOUT);
  }
}
