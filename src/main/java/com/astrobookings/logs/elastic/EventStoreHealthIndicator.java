package com.astrobookings.logs.elastic;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.HealthStatus;
import co.elastic.clients.elasticsearch._types.Level;
import co.elastic.clients.elasticsearch.cluster.HealthRequest;
import co.elastic.clients.elasticsearch.cluster.HealthResponse;
import co.elastic.clients.elasticsearch.indices.GetIndicesSettingsRequest;
import co.elastic.clients.elasticsearch.indices.GetIndicesSettingsResponse;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.wire.Failures;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Whether events of today can be stored. Only our own indices count: others of the same cluster may
 * be as red as they like. Probes are answered from memory for a second, and log nothing.
 */
final class EventStoreHealthIndicator implements ReactiveHealthIndicator {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration REMEMBERED = Duration.ofSeconds(1);

  private final ElasticsearchAsyncClient client;
  private final Clock clock;
  private final Mono<Health> health;

  EventStoreHealthIndicator(ElasticsearchAsyncClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
    this.health =
        Mono.defer(this::check)
            .timeout(PATIENCE)
            .onErrorResume(failure -> Mono.just(unreachable(failure)))
            .cache(REMEMBERED);
  }

  @Override
  public Mono<Health> health() {
    return health;
  }

  private Mono<Health> check() {
    MonthIndex today = MonthIndex.of(clock.instant());
    HealthRequest shards = HealthRequest.of(h -> h.index(MonthIndex.ALL).level(Level.Indices));
    GetIndicesSettingsRequest blocks =
        GetIndicesSettingsRequest.of(
            s -> s.index(today.name()).name("index.blocks.*").ignoreUnavailable(true));
    return Mono.zip(
            Mono.fromFuture(() -> client.cluster().health(shards)),
            Mono.fromFuture(() -> client.indices().getSettings(blocks)))
        .map(found -> judge(today, found.getT1(), found.getT2()));
  }

  private static Health judge(
      MonthIndex today, HealthResponse shards, GetIndicesSettingsResponse blocks) {
    var current = shards.indices().get(today.name());
    HealthStatus state = current == null ? null : current.status();
    boolean blocked = !blocks.settings().isEmpty();
    Health.Builder health = isWritable(state) && !blocked ? Health.up() : Health.outOfService();
    return health
        .withDetail("index", today.name())
        .withDetail("state", state == null ? "not there yet" : state.jsonValue())
        .withDetail("blocked", blocked)
        .withDetail("indices", counts(shards))
        .build();
  }

  private static boolean isWritable(@Nullable HealthStatus state) {
    return state != HealthStatus.Red;
  }

  private static Map<String, Long> counts(HealthResponse shards) {
    return shards.indices().values().stream()
        .collect(
            Collectors.groupingBy(
                index -> index.status().jsonValue(), TreeMap::new, Collectors.counting()));
  }

  private static Health unreachable(Throwable failure) {
    return Health.down().withDetail("reason", Failures.describe(failure)).build();
  }
}
