package com.astrobookings.logs.ingest.spooling;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.spool.Spool;
import com.astrobookings.logs.spool.SpoolState;
import com.astrobookings.logs.spool.SpoolState.Counts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what becomes of the events of the spool. At any time, the number that waits is recovered +
 * spooled + resent - drained - dead.
 */
final class SpoolMetrics {

  private static final Logger log = LoggerFactory.getLogger(SpoolMetrics.class);

  private final Spool spool;
  private final MeterRegistry registry;
  private final Timer delay;

  SpoolMetrics(Spool spool, UnavailableMonths unavailable, Clock clock, MeterRegistry registry) {
    this.spool = spool;
    this.registry = registry;
    counter("logs.spool.recovered", Tags.empty(), Counts::recovered);
    counter("logs.spool.spooled", Tags.empty(), Counts::accepted);
    counter("logs.spool.resent", Tags.empty(), Counts::resent);
    counter("logs.spool.drained", Tags.empty(), Counts::acknowledged);
    counter("logs.spool.discarded", Tags.empty(), Counts::discarded);
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      counter(
          "logs.spool.dead",
          Tags.of("reason", reason.label()),
          counts -> counts.buried().getOrDefault(reason.label(), 0L));
    }
    gauge("logs.spool.waiting", "", SpoolState::total);
    gauge("logs.spool.dead.letters", "", SpoolState::deadLetters);
    gauge("logs.spool.bytes", BaseUnits.BYTES, SpoolState::bytes);
    gauge("logs.spool.max.bytes", BaseUnits.BYTES, state -> spool.maxBytes());
    gauge("logs.spool.oldest.age", "seconds", state -> age(state, clock.instant()));
    gauge("logs.spool.unavailable.months", "", state -> unavailable.all().size());
    this.delay = registry.timer("logs.spool.delay");
  }

  private void counter(String name, Tags tags, ToDoubleFunction<Counts> value) {
    FunctionCounter.builder(name, spool, s -> value.applyAsDouble(s.state().counts()))
        .tags(tags)
        .register(registry);
  }

  private void gauge(String name, String unit, ToDoubleFunction<SpoolState> value) {
    Gauge.Builder<Spool> gauge = Gauge.builder(name, spool, s -> value.applyAsDouble(s.state()));
    (unit.isEmpty() ? gauge : gauge.baseUnit(unit)).register(registry);
  }

  private static double age(SpoolState state, Instant now) {
    Instant oldest = state.oldest();
    return oldest == null ? 0 : Duration.between(oldest, now).toMillis() / 1_000.0;
  }

  /** Records that an event of the spool is stored: searchable with the next refresh. */
  void stored(StoredEvent event, Instant now) {
    delay.record(Duration.between(event.receivedAt(), now));
  }

  /** Tells operators of dead letters, without their content. */
  void log(Batch batch) {
    log.warn(
        "{} events of the spool cannot be stored and are kept as dead letters ({}):"
            + " GET /api/v1/admin/dead-letters lists them",
        batch.dead().size(),
        batch.dead().values().stream()
            .map(failure -> failure.reason())
            .distinct()
            .collect(Collectors.joining(", ")));
  }
}
