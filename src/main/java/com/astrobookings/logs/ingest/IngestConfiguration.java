package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.EventDecoder;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.web.body.BodyReader;
import com.astrobookings.logs.web.body.MemoryBudget;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the way in together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngestLimits.class)
class IngestConfiguration {

  /** Time-ordered UUIDs (RFC 9562, version 7), in ascending order also within a millisecond. */
  @Bean
  Supplier<String> eventIds() {
    TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();
    return () -> generator.generate().toString();
  }

  @Bean
  MemoryBudget memoryBudget(IngestLimits limits) {
    return new MemoryBudget(limits.memoryBytes());
  }

  @Bean
  BodyReader bodyReader(IngestLimits limits) {
    return new BodyReader((int) limits.body().toBytes(), limits.bodyTime());
  }

  @Bean
  Ingest ingest(
      IngestLimits limits,
      Supplier<String> eventIds,
      EventStore store,
      Clock clock,
      MeterRegistry registry) {
    EventDecoder decoder = new EventDecoder(limits.ofEvent(), eventIds);
    return new Ingest(
        new BatchDecoder(decoder, limits.events()), store, clock, new ItemCounters(registry));
  }
}
