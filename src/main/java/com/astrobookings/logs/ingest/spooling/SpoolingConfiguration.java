package com.astrobookings.logs.ingest.spooling;

import com.astrobookings.logs.spool.Spool;
import com.astrobookings.logs.store.EventStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Declares what puts events into the spool and takes them out, if there is a spool. */
@Configuration(proxyBeanMethods = false)
class SpoolingConfiguration {

  @Bean
  IntakeHealthIndicator intakeHealthIndicator(
      @Qualifier("eventStoreHealthIndicator") ObjectProvider<ReactiveHealthIndicator> store,
      ObjectProvider<SpoolHealthIndicator> spool) {
    return new IntakeHealthIndicator(
        store.getIfAvailable(() -> () -> Mono.just(Health.unknown().build())),
        spool.getIfAvailable());
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBooleanProperty(name = "logs.spool.enabled", matchIfMissing = true)
  static class WithSpool {

    @Bean
    UnavailableMonths unavailableMonths() {
      return new UnavailableMonths();
    }

    @Bean
    SpooledWrites spooledWrites(Spool spool, UnavailableMonths unavailable) {
      return new SpooledWrites(spool, unavailable);
    }

    @Bean
    SpoolMetrics spoolMetrics(
        Spool spool, UnavailableMonths unavailable, Clock clock, MeterRegistry registry) {
      return new SpoolMetrics(spool, unavailable, clock, registry);
    }

    @Bean
    Drainer drainer(
        Spool spool,
        EventStore store,
        UnavailableMonths unavailable,
        SpooledWrites writes,
        SpoolMetrics metrics,
        Clock clock) {
      return new Drainer(spool, store, unavailable, writes, metrics, clock, Schedulers.parallel());
    }

    @Bean
    SpoolHealthIndicator spoolHealthIndicator(Spool spool, UnavailableMonths unavailable) {
      return new SpoolHealthIndicator(spool, unavailable);
    }

    @Bean
    SpoolDepthFilter spoolDepthFilter(Spool spool) {
      return new SpoolDepthFilter(spool);
    }
  }
}
