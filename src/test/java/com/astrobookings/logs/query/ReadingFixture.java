package com.astrobookings.logs.query;

import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.event.AuthEvent;
import com.astrobookings.logs.event.Envelope;
import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.Result;
import com.astrobookings.logs.query.body.SearchBodyReader;
import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.memory.Memories;
import com.astrobookings.logs.store.memory.ReadMemory;
import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.Scope;
import com.astrobookings.logs.web.TestClock;
import com.astrobookings.logs.web.UnavailabilityLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.server.WebFilter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The read endpoints on a store in memory, at a fixed time. */
@WebFluxTest({
  LogsController.class,
  ContextController.class,
  StatsController.class,
  ExportController.class
})
@Import({
  ShardPreference.class,
  SearchBodyReader.class,
  ExportMonitor.class,
  ReadingFixture.Beans.class
})
abstract class ReadingFixture {

  static final Instant NOW = Instant.parse("2024-08-12T10:00:00Z");
  static final String WITHOUT_PII = "X-Without-Pii";
  static final String LOGS = "/api/v1/logs";
  static final JsonMapper JSON = new JsonMapper();

  final Events events = new Events(7);

  @Autowired InMemoryEventStore store;
  @Autowired ReadMemory memory;
  WebTestClient client;

  /** Without an annotation that a scan of all packages would find. */
  static class Beans {
    @Bean
    InMemoryEventStore store() {
      return new InMemoryEventStore();
    }

    /** Stands for the security filters. */
    @Bean
    WebFilter callers() {
      return (exchange, chain) -> {
        String without = exchange.getRequest().getHeaders().getFirst(WITHOUT_PII);
        Set<Scope> scopes = without == null ? Set.of(Scope.READ, Scope.PII) : Set.of(Scope.READ);
        new Caller("test", scopes).attachTo(exchange);
        return chain.filter(exchange);
      };
    }

    @Bean
    ReadMemory readMemory() {
      return Memories.large();
    }

    @Bean
    @Primary
    Clock fixedClock() {
      return Clock.fixed(NOW, ZoneOffset.UTC);
    }

    @Bean
    TestClock outageClock() {
      return new TestClock();
    }

    @Bean
    UnavailabilityLog unavailableReads(TestClock clock) {
      return new UnavailabilityLog("Reads", clock);
    }

    @Bean
    MeterRegistry registry() {
      return new SimpleMeterRegistry();
    }
  }

  @Autowired
  void connect(WebTestClient bounded) {
    client = bounded.mutate().codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(-1)).build();
  }

  @AfterEach
  void forget() {
    await().until(() -> memory.taken() == 0);
    store.clear();
    store.comeBack();
  }

  static StoredEvent auth() {
    Envelope envelope =
        new Envelope(
            "a-1",
            Instant.parse("2024-08-11T07:30:00.123456789Z"),
            "core-api",
            "t-1",
            Map.of("a", "1"));
    return new StoredEvent(
        new AuthEvent(
            envelope,
            "u-7",
            "Jane@Example.com",
            Addresses.parse("192.0.2.7").orElseThrow(),
            Result.FAIL),
        Instant.parse("2024-08-11T07:30:01Z"));
  }

  void write(StoredEvent... written) {
    store.write(List.of(written), RefreshPolicy.WAIT_FOR).block();
  }

  JsonNode get(URI uri) {
    return JSON.readTree(
        client
            .get()
            .uri(uri)
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .returnResult()
            .getResponseBody());
  }

  void refused(String path, HttpStatus status, String problem) {
    client
        .get()
        .uri(URI.create(path))
        .exchange()
        .expectStatus()
        .isEqualTo(status)
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.type")
        .isEqualTo("urn:astrobookings:logs:problem:" + problem);
  }
}
