package com.astrobookings.logs.elastic;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.ElasticsearchTransport;
import com.astrobookings.logs.elastic.index.IndexKeeper;
import com.astrobookings.logs.elastic.index.IndexSchema;
import com.astrobookings.logs.elastic.read.EventReader;
import com.astrobookings.logs.elastic.wire.Document;
import com.astrobookings.logs.elastic.write.EventWriter;
import com.astrobookings.logs.store.EventStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
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

  /** Leaves a second of the ten that a write may take for everything else. */
  private static final Duration WRITE_LIMIT = Duration.ofSeconds(9);

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
  ElasticsearchAsyncClient elasticsearchAsyncClient(
      ElasticsearchTransport transport, MeterRegistry registry) {
    return new ElasticsearchAsyncClient(new TimedTransport(transport, registry));
  }

  @Bean
  EventStoreHealthIndicator eventStoreHealthIndicator(
      ElasticsearchAsyncClient client, Clock clock) {
    return new EventStoreHealthIndicator(client, clock);
  }

  @Bean
  IndexKeeper indexKeeper(ElasticsearchAsyncClient client, ElasticProperties properties) {
    return new IndexKeeper(client, IndexSchema.declared(), properties.shards());
  }

  @Bean
  EventStore eventStore(
      ElasticsearchAsyncClient client, IndexKeeper keeper, ElasticProperties properties) {
    return new ElasticEventStore(
        new EventWriter(client, keeper, WRITE_LIMIT),
        new EventReader(client, properties.readTimeout()));
  }
}
