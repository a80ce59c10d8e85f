package com.astrobookings.logs.ingest.spooling;

import com.astrobookings.logs.spool.Spool;
import com.astrobookings.logs.spool.SpoolStatus;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/** Whether the spool takes events, and what waits in it. */
final class SpoolHealthIndicator implements ReactiveHealthIndicator {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Spool spool;
  private final UnavailableMonths unavailable;

  SpoolHealthIndicator(Spool spool, UnavailableMonths unavailable) {
    this.spool = spool;
    this.unavailable = unavailable;
  }

  @Override
  public Mono<Health> health() {
    return spool
        .status()
        .timeout(TIMEOUT)
        .map(this::health)
        .onErrorResume(failure ->
            Mono.just(
                Health.outOfService()
                    .withDetail("reason", String.valueOf(failure.getMessage()))
                    .build()));
  }

  private Health health(SpoolStatus status) {
    String refusal = status.refusal();
    Health.Builder health = refusal == null ? Health.up() : Health.outOfService();
    if (refusal != null) {
      health.withDetail("reason", refusal);
    }
    if (status.state().oldest() != null) {
      health.withDetail("oldest", status.state().oldest());
    }
    if (!unavailable.isEmpty()) {
      health.withDetail("unavailable", unavailable.all());
    }
    if (status.temporary()) {
      health.withDetail("temporary", "the folder is lost with the machine or the container");
    }
    if (!status.damaged().isEmpty()) {
      health.withDetail("damaged", status.damaged().stream().map(Object::toString).toList());
    }
    return health
        .withDetail("waiting", status.state().total())
        .withDetail("months", status.state().waiting())
        .withDetail("deadLetters", status.state().deadLetters())
        .withDetail("bytes", status.state().bytes())
        .withDetail("maxBytes", status.maxBytes())
        .withDetail("folder", status.folder().toString())
        .build();
  }
}
