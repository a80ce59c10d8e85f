package com.astrobookings.logs.elastic;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch._types.Level;
import co.elastic.clients.elasticsearch.cluster.HealthRequest;
import co.elastic.clients.elasticsearch.cluster.StateRequest;
import co.elastic.clients.elasticsearch.cluster.health.IndexHealthStats;
import co.elastic.clients.elasticsearch.cluster.state.ClusterStateMetric;
import com.astrobookings.logs.elastic.index.Durability;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.event.trace.TraceContext;
import com.astrobookings.logs.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Whether events of today can be stored. Only our own indices count: others of the same cluster may
 * be as red as they like.
 *
 * <p>An older month that is closed, blocked or red does not make the service unready, although its
 * events are refused and reads that would have to look there fail: every instance sees the same, so
 * that taking them all out would only refuse the events of today as well. It is among the details,
 * and in the log when it begins and ends. Probes are answered from memory for a second, and log
 * nothing else.
 */
final class EventStoreHealthIndicator implements ReactiveHealthIndicator {

  private static final Logger log = LoggerFactory.getLogger(EventStoreHealthIndicator.class);

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration REMEMBERED = Duration.ofSeconds(1);

  private final ElasticsearchAsyncClient client;
  private final ElasticsearchAsyncClient blocks;
  private final Durability durability;
  private final Clock clock;
  private final Mono<Health> health;
  private final AtomicReference<Map<String, List<String>>> told = new AtomicReference<>(Map.of());

  EventStoreHealthIndicator(ElasticsearchAsyncClient client, Durability durability, Clock clock) {
    this.client = client;
    this.blocks = client.withTransportOptions(o -> o.setParameter("filter_path", "blocks"));
    this.durability = durability;
    this.clock = clock;
    this.health =
        Mono.defer(this::check)
            .timeout(TIMEOUT)
            .onErrorResume(failure -> Mono.just(unreachable(failure)))
            .cache(REMEMBERED);
  }

  @Override
  public Mono<Health> health() {
    return health;
  }

  /** Asks now, whatever is remembered. */
  Mono<Health> check() {
    MonthIndex today = MonthIndex.of(clock.instant());
    // One after another: the failure of one would cancel the others, whose own failures, which come
    // at the same moment, would then be logged as dropped.
    return months()
        .flatMap(months ->
            blocks()
                .flatMap(
                    blocks -> lax(today).map(lax -> new MonthsHealth(today, months, blocks, lax))))
        .delayUntil(months -> TraceContext.run(() -> tell(months)))
        .map(MonthsHealth::health);
  }

  private Mono<Map<String, IndexHealthStats>> months() {
    HealthRequest request =
        HealthRequest.of(
            h -> h.index(MonthIndex.ALL).level(Level.Indices).expandWildcards(ExpandWildcard.All));
    return Mono.fromFuture(() -> client.cluster().health(request))
        .map(found ->
            found.indices().entrySet().stream()
                .filter(index -> MonthIndex.isName(index.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private Mono<Blocks> blocks() {
    StateRequest request = StateRequest.of(s -> s.metric(ClusterStateMetric.Blocks));
    return Mono.fromFuture(() -> blocks.cluster().state(request))
        .map(found -> Blocks.of(found.state().toJson().asJsonObject()));
  }

  private Mono<String> lax(MonthIndex today) {
    return durability
        .ensure(today)
        .thenReturn("")
        .onErrorResume(
            StoreUnavailableException.class, failure -> Mono.just(Failures.describe(failure)));
  }

  private void tell(MonthsHealth months) {
    Map<String, List<String>> troubles = months.troubles();
    if (!told.getAndSet(troubles).equals(troubles)) {
      if (troubles.isEmpty()) {
        log.info("All months can be written and read again");
      } else {
        log.warn("Not every month can be written and read: {}", troubles);
      }
    }
  }

  private static Health unreachable(Throwable failure) {
    return Health.down().withDetail("reason", Failures.describe(failure)).build();
  }
}
