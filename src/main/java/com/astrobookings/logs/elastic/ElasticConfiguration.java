package com.astrobookings.logs.elastic;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.json.JsonpMapper;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.ElasticsearchTransport;
import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import com.astrobookings.logs.elastic.index.Durability;
import com.astrobookings.logs.elastic.index.IndexKeeper;
import com.astrobookings.logs.elastic.index.IndexSchema;
import com.astrobookings.logs.elastic.index.MonthIndices;
import com.astrobookings.logs.elastic.read.EventReader;
import com.astrobookings.logs.elastic.tail.ElasticEventTail;
import com.astrobookings.logs.elastic.wire.Document;
import com.astrobookings.logs.elastic.wire.RequestTimers;
import com.astrobookings.logs.elastic.write.EventWriter;
import com.astrobookings.logs.store.EventMonths;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.memory.ReadMemory;
import com.astrobookings.logs.store.tail.EventTail;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.elasticsearch.autoconfigure.ElasticsearchConnectionDetails;
import org.springframework.boot.elasticsearch.autoconfigure.ElasticsearchProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ElasticProperties.class)
class ElasticConfiguration {

  /** How long a large read waits for others to end. */
  private static final Duration READ_WAIT_TIMEOUT = Duration.ofSeconds(5);

  @Bean
  ClientSettings clientSettings(
      ElasticsearchConnectionDetails details,
      ElasticsearchProperties boot,
      ElasticProperties properties) {
    return new ClientSettings(details, boot, properties);
  }

  @Bean
  static Jackson3JsonpMapper elasticsearchJson() {
    SimpleModule documents =
        new SimpleModule().addDeserializer(Document.class, new Document.Deserializer());
    return new Jackson3JsonpMapper(JsonMapper.builder().addModule(documents).build());
  }

  @Bean
  RequestTimers requestTimers(MeterRegistry registry) {
    return new RequestTimers(registry);
  }

  @Bean
  ElasticConnections elasticConnections(
      ElasticsearchTransport administration,
      Rest5ClientBuilder builder,
      JsonpMapper mapper,
      RequestTimers timers) {
    return new ElasticConnections(administration, builder, mapper, timers);
  }

  /** For the administration of indices and for probes. */
  @Bean
  ElasticsearchAsyncClient elasticsearchAsyncClient(ElasticConnections connections) {
    return connections.administration();
  }

  @Bean
  EventStoreHealthIndicator eventStoreHealthIndicator(
      ElasticsearchAsyncClient client, Durability durability, Clock clock) {
    return new EventStoreHealthIndicator(client, durability, clock);
  }

  @Bean
  Durability durability(ElasticsearchAsyncClient client) {
    return new Durability(client);
  }

  @Bean
  EventMonths eventMonths(ElasticsearchAsyncClient client) {
    return new MonthIndices(client);
  }

  @Bean
  IndexKeeper indexKeeper(ElasticsearchAsyncClient client, ElasticProperties properties) {
    return new IndexKeeper(client, IndexSchema.declared(), properties.shards());
  }

  @Bean
  EventStore eventStore(
      ElasticConnections connections,
      IndexKeeper keeper,
      Durability durability,
      ElasticProperties properties) {
    return new ElasticEventStore(
        new EventWriter(connections.writes(), connections.stored(), keeper, durability),
        new EventReader(
            connections.reads(),
            connections.lowLevelReads(),
            properties.searches(),
            properties.maxExports(),
            properties.readTimeout()));
  }

  @Bean
  EventTail eventTail(
      ElasticConnections connections,
      ElasticProperties properties,
      Clock clock,
      MeterRegistry registry) {
    ElasticEventTail tail =
        new ElasticEventTail(
            connections.tails(), connections.lowLevelTails(), properties.tailInterval(), clock);
    TimeGauge.builder(
            "logs.tail.lag", tail, TimeUnit.MILLISECONDS, it -> (double) it.lag().toMillis())
        .register(registry);
    return tail;
  }

  @Bean
  ReadMemory readMemory(ElasticProperties properties, MeterRegistry registry) {
    ReadMemory memory = new ReadMemory(properties.readMemoryBytes(), READ_WAIT_TIMEOUT);
    Gauge.builder("logs.reads.memory", memory, ReadMemory::taken).register(registry);
    return memory;
  }
}
