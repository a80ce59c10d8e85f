package com.astrobookings.logs.ingest;

import com.astrobookings.logs.ingest.spooling.SpooledWrites;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.web.UnavailabilityLog;
import com.astrobookings.logs.web.body.BodyReader;
import com.astrobookings.logs.web.body.MemoryBudget;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Declares the beans of the write endpoint. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngestLimits.class)
class IngestConfiguration {

  @Bean
  MemoryBudget memoryBudget(IngestLimits limits, MeterRegistry registry) {
    MemoryBudget budget = new MemoryBudget(limits.memoryBytes());
    Gauge.builder("logs.writes.memory", budget, MemoryBudget::taken)
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
    return budget;
  }

  @Bean
  BodyReader bodyReader(IngestLimits limits, Scheduler bodyWorkers) {
    return new BodyReader(
        (int) limits.body().toBytes(), limits.bodyTime(), bodyWorkers, Schedulers.parallel());
  }

  @Bean
  AdmissionControl admissionControl(
      IngestLimits limits, UnavailabilityLog admissionRefusals, MeterRegistry registry) {
    return new AdmissionControl(
        limits.memoryBytes(), System::nanoTime, admissionRefusals, registry);
  }

  @Bean
  UnavailabilityLog admissionRefusals(Clock clock) {
    return new UnavailabilityLog("Write requests", clock);
  }

  /**
   * The threads that decode large bodies, as many as there are processors. The tasks that wait for
   * them are bounded by the memory budget and by {@link WriteDeadline#DECODE_TIMEOUT}.
   */
  @Bean(destroyMethod = "dispose")
  Scheduler bodyWorkers() {
    return Schedulers.newBoundedElastic(
        Runtime.getRuntime().availableProcessors(), Integer.MAX_VALUE, "body", 60, true);
  }

  @Bean
  UnavailabilityLog unavailableWrites(Clock clock) {
    return new UnavailabilityLog("Events", clock);
  }

  @Bean
  IngestService ingestService(
      IngestLimits limits,
      Scheduler bodyWorkers,
      UnavailabilityLog unavailableWrites,
      EventStore store,
      ObjectProvider<SpooledWrites> spool,
      Clock clock,
      MeterRegistry registry) {
    return new IngestService(
        new EventBatchDecoder(limits.ofEvent(), eventIds(), limits.events()),
        bodyWorkers,
        store,
        clock,
        new IngestMetrics(registry),
        unavailableWrites,
        spool.getIfAvailable());
  }

  /** Time-ordered UUIDs (RFC 9562, version 7), in ascending order also within a millisecond. */
  private static Supplier<String> eventIds() {
    TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();
    return () -> generator.generate().toString();
  }
}
