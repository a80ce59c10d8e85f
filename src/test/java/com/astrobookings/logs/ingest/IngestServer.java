package com.astrobookings.logs.ingest;

import com.astrobookings.logs.store.InMemoryEventStore;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/** The rooms ingest and web behind a real port, on a store in memory. */
@SpringBootTest(
    classes = IngestServer.Rooms.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.endpoint.health.validate-group-membership=false",
      "logs.spool.enabled=false"
    })
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface IngestServer {

  @EnableAutoConfiguration
  @ComponentScan(
      basePackages = {"com.astrobookings.logs.ingest", "com.astrobookings.logs.web"},
      excludeFilters = @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
  class Rooms {

    @Bean
    InMemoryEventStore store() {
      return new InMemoryEventStore();
    }
  }
}
