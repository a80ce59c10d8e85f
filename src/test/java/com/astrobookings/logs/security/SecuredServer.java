package com.astrobookings.logs.security;

import com.astrobookings.logs.store.EventMonths;
import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.store.memory.Memories;
import com.astrobookings.logs.store.memory.ReadMemory;
import com.astrobookings.logs.store.tail.InMemoryEventTail;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.test.context.ContextConfiguration;
import reactor.core.publisher.Mono;

/**
 * The whole service but its store, which is in memory, with the keys and the issuer of the tests.
 */
@SpringBootTest(
    classes = SecuredServer.Rooms.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.endpoint.health.validate-group-membership=false",
      // So that tests can have many clients: refused credentials are counted for each.
      "logs.security.trusted-proxies=127.0.0.1"
    })
@ContextConfiguration(initializers = SecuredServer.Credentials.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface SecuredServer {

  @EnableAutoConfiguration
  @ComponentScan(
      basePackages = "com.astrobookings.logs",
      excludeFilters =
          @ComponentScan.Filter(
              type = FilterType.REGEX,
              pattern = {
                "com\\.astrobookings\\.logs\\.(elastic|local)\\..*",
                "com\\.astrobookings\\.logs\\.LogsApplication",
                // Configuration of other tests.
                ".*\\$.*"
              }))
  class Rooms {

    @Bean
    InMemoryEventStore store() {
      return new InMemoryEventStore();
    }

    @Bean
    InMemoryEventTail tail() {
      return new InMemoryEventTail();
    }

    /** Without any month. */
    @Bean
    EventMonths months() {
      return new EventMonths() {
        @Override
        public Mono<Inventory> list() {
          return Mono.just(new Inventory(Instant.EPOCH, List.of()));
        }

        @Override
        public Mono<Boolean> drop(YearMonth month) {
          return Mono.just(false);
        }
      };
    }

    @Bean
    ReadMemory readMemory() {
      return Memories.large();
    }
  }

  final class Credentials implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
      TestPropertyValues.of(TestKeys.properties())
          .and(TestIssuer.INSTANCE.properties())
          .applyTo(context);
    }
  }
}
