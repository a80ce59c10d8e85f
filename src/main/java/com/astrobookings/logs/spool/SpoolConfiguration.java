package com.astrobookings.logs.spool;

import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Declares the spool. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SpoolProperties.class)
class SpoolConfiguration {

  @Bean
  @ConditionalOnBooleanProperty(name = "logs.spool.enabled", matchIfMissing = true)
  Spool spool(SpoolProperties properties) {
    return Spool.open(
        Path.of(properties.directory()),
        properties.maxSize().toBytes(),
        properties.reserve().toBytes());
  }
}
