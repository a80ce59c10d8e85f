package com.astrobookings.logs.web;

import io.micrometer.context.ContextRegistry;
import java.time.Clock;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all endpoints share. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

  /** Lets every line logged on behalf of a request carry its trace id, on whatever thread. */
  @Bean
  ContextRegistry traceIdInTheLog() {
    return ContextRegistry.getInstance()
        .registerThreadLocalAccessor(
            TraceId.LOG_KEY,
            () -> MDC.get(TraceId.LOG_KEY),
            id -> MDC.put(TraceId.LOG_KEY, id),
            () -> MDC.remove(TraceId.LOG_KEY));
  }

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** What the event store is asked and cannot answer. */
  @Bean
  RefusalLog readRefusals(Clock clock) {
    return new RefusalLog("Reads", clock);
  }
}
