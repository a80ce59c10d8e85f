package com.astrobookings.logs.admin;

import com.astrobookings.logs.store.EventMonths;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
class AdminConfiguration {

  @Bean
  RetentionTask retentionTask(
      EventMonths months, RetentionProperties properties, Clock clock, MeterRegistry registry) {
    return new RetentionTask(months, properties.configured(), clock, registry);
  }
}
