package com.astrobookings.logs.elastic.index;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch.indices.GetIndexRequest;
import co.elastic.clients.elasticsearch.indices.GetIndexResponse;
import co.elastic.clients.elasticsearch.indices.IndexState;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.elastic.wire.Requests;
import com.astrobookings.logs.event.trace.TraceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Creates and updates the template and the monthly indices, so that each has the mapping of the
 * service before an event is written to it. Indices that are not named by a month are left alone.
 * Safe for use by several threads; concurrent callers share one request.
 */
public final class IndexKeeper {

  private static final Logger log = LoggerFactory.getLogger(IndexKeeper.class);
  private static final Duration FOR_EVER = Duration.ofMillis(Long.MAX_VALUE);

  /** How long a failure is returned to all callers without another request. */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  /** Longer than the time-out of {@link IndexRequests}. */
  private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(4);

  private final ElasticsearchAsyncClient client;
  private final ElasticsearchAsyncClient filtering;
  private final IndexRequests requests;
  private final Mono<Boolean> prepared;
  private final ConcurrentMap<MonthIndex, Mono<Boolean>> underWork = new ConcurrentHashMap<>();

  /**
   * Creates a keeper.
   *
   * @param schema the fields of the documents
   * @param shards the number of primary shards of each new index
   */
  public IndexKeeper(ElasticsearchAsyncClient client, IndexSchema schema, int shards) {
    this.client = client;
    this.filtering =
        client.withTransportOptions(o -> o.setParameter("filter_path", IndexCondition.FILTER));
    this.requests = new IndexRequests(schema, shards);
    this.prepared =
        Mono.defer(this::prepareAll)
            .cache(done -> FOR_EVER, failure -> PAUSE_AFTER_FAILURE, () -> Duration.ZERO);
  }

  /**
   * Completes when the template and all months that exist fit the declared shape. After the first
   * success it completes at once.
   */
  public Mono<Void> prepared() {
    return prepared.then();
  }

  /** Completes when the index of {@code month} exists. */
  public Mono<Void> createIfMissing(MonthIndex month) {
    return conditions(month.name()).filter(List::isEmpty).flatMap(none -> create(month));
  }

  /**
   * Completes when the index of {@code month} exists and fits the declared shape; puts the mapping
   * whatever its version says.
   */
  public Mono<Void> ensure(MonthIndex month) {
    return Mono.defer(() -> underWork.computeIfAbsent(month, this::shared)).then();
  }

  private Mono<Boolean> shared(MonthIndex month) {
    return putTemplate()
        .then(conditions(month.name()))
        .flatMap(found -> found.isEmpty() ? create(month) : adapt(found))
        .thenReturn(true)
        .doFinally(end -> underWork.remove(month))
        .cache();
  }

  private Mono<Boolean> prepareAll() {
    return putTemplate()
        .then(conditions(MonthIndex.ALL))
        .flatMap(found -> adapt(found.stream().filter(this::isOutdated).toList()))
        .thenReturn(true)
        .onErrorResume(
            IncompatibleMappingException.class,
            failure ->
                TraceContext.<Boolean>run(
                        () -> log.error("No event can be written: {}", failure.getMessage()))
                    .then(Mono.error(failure)));
  }

  /** Whether it is a month that was prepared for an older version, or changed since. */
  private boolean isOutdated(IndexCondition index) {
    return MonthIndex.named(index.name())
        .filter(month ->
            index.version() < requests.version()
                || !index.hasSettings(requests.defaultFields())
                || !index.aliases().contains(month.writeAlias()))
        .isPresent();
  }

  /** Gives the mapping to indices that others create; those of the service do not depend on it. */
  private Mono<Void> putTemplate() {
    return templateVersion()
        .filter(version -> version <= requests.version())
        .flatMap(old -> call(() -> client.indices().putIndexTemplate(requests.template())))
        .then()
        .onErrorResume(
            Failures::isRefusal,
            failure ->
                TraceContext.run(() ->
                    log.warn(
                        "The index template is not up to date: {}", Failures.describe(failure))));
  }

  private Mono<Integer> templateVersion() {
    return call(() -> client.indices().getIndexTemplate(t -> t.name(IndexRequests.TEMPLATE)))
        .map(found -> found.indexTemplates().getFirst().indexTemplate().meta())
        .map(IndexCondition::version)
        .onErrorReturn(Failures::isNotFound, 0);
  }

  private Mono<List<IndexCondition>> conditions(String name) {
    GetIndexRequest request =
        GetIndexRequest.of(g ->
            g.index(name)
                .ignoreUnavailable(true)
                .expandWildcards(ExpandWildcard.Open, ExpandWildcard.Closed));
    return call(() -> filtering.indices().get(request)).map(IndexKeeper::conditions);
  }

  private static List<IndexCondition> conditions(GetIndexResponse found) {
    List<IndexCondition> conditions = new ArrayList<>();
    for (Map.Entry<String, IndexState> index : found.indices().entrySet()) {
      conditions.add(IndexCondition.of(index.getKey(), index.getValue()));
    }
    return conditions;
  }

  private Mono<Void> create(MonthIndex month) {
    return call(() -> client.indices().create(requests.create(month)))
        .delayUntil(created -> TraceContext.run(() -> log.info("Created the index {}", month)))
        .onErrorComplete(failure -> Failures.isOfType(failure, "resource_already_exists_exception"))
        .then();
  }

  private Mono<Void> adapt(List<IndexCondition> indices) {
    return Flux.fromIterable(indices).concatMap(this::adapt).then();
  }

  /**
   * Brings one index up to date. One that cannot be changed now, because an operator has blocked it
   * for instance, does not keep events of other months waiting.
   */
  private Mono<Void> adapt(IndexCondition index) {
    return Flux.concat(adaptMapping(index), adaptSettings(index), adaptAlias(index))
        .then()
        .onErrorResume(
            Failures::isRefusal,
            failure ->
                TraceContext.run(() ->
                    log.warn(
                        "The index {} is not up to date: {}",
                        index.name(),
                        Failures.describe(failure))));
  }

  private Mono<Void> adaptMapping(IndexCondition index) {
    if (index.version() > requests.version()) {
      return Mono.empty();
    }
    return call(() -> client.indices().putMapping(requests.mapping(index.name())))
        .onErrorMap(
            failure -> Failures.isOfType(failure, "illegal_argument_exception"),
            failure ->
                new IncompatibleMappingException(index.name(), Failures.describe(failure), failure))
        .then();
  }

  private Mono<Void> adaptSettings(IndexCondition index) {
    if (index.version() > requests.version() || index.hasSettings(requests.defaultFields())) {
      return Mono.empty();
    }
    return call(() -> client.indices().putSettings(requests.settings(index.name())))
        .delayUntil(done ->
            TraceContext.run(() -> log.info("Brought the settings of {} up to date", index.name())))
        .then();
  }

  private Mono<Void> adaptAlias(IndexCondition index) {
    return Mono.justOrEmpty(MonthIndex.named(index.name()))
        .filter(month -> !index.aliases().contains(month.writeAlias()))
        .flatMap(month -> call(() -> client.indices().updateAliases(requests.alias(month))))
        .delayUntil(done -> TraceContext.run(() -> log.info("Opened {} for writing", index.name())))
        .then();
  }

  private static <T> Mono<T> call(Supplier<CompletableFuture<T>> request) {
    return Requests.repeatable(request).timeout(CLIENT_TIMEOUT);
  }
}
