package com.astrobookings.logs.web;

import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of all endpoints. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

  /**
   * Switches off the framework's observations of requests and of the security filters, which cost
   * more than a small request itself; {@link HttpMetrics} records the same metrics.
   */
  @Bean
  ObservationRegistry observations() {
    return ObservationRegistry.NOOP;
  }

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  UnavailabilityLog unavailableReads(Clock clock) {
    return new UnavailabilityLog("Reads", clock);
  }
}
