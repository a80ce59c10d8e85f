package com.astrobookings.logs.web;

import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

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

  /**
   * Looks up controllers before the actuator's endpoints, each of which would otherwise be compared
   * with the path of every request.
   */
  @Bean
  static BeanPostProcessor controllersFirst() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean.getClass() == RequestMappingHandlerMapping.class) {
          ((RequestMappingHandlerMapping) bean).setOrder(Ordered.HIGHEST_PRECEDENCE);
        }
        return bean;
      }
    };
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
