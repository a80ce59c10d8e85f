package com.astrobookings.logs.ingest.spooling;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

/**
 * Whether the service can take events: into Elasticsearch, or into the spool. This is what
 * readiness means: without Elasticsearch, an instance whose spool has room goes on serving
 * producers.
 */
final class IntakeHealthIndicator implements ReactiveHealthIndicator {

  private final ReactiveHealthIndicator store;
  private final @Nullable SpoolHealthIndicator spool;

  IntakeHealthIndicator(ReactiveHealthIndicator store, @Nullable SpoolHealthIndicator spool) {
    this.store = store;
    this.spool = spool;
  }

  @Override
  public Mono<Health> health() {
    Mono<Health> ofStore = store.health().map(health -> into("Elasticsearch", health));
    return spool == null
        ? ofStore
        : spool
            .health()
            .flatMap(health ->
                health.getStatus().equals(Status.UP) ? Mono.just(into("spool", health)) : ofStore);
  }

  private static Health into(String where, Health health) {
    return Health.status(health.getStatus()).withDetail("into", where).build();
  }
}
