package com.astrobookings.logs.elastic;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.ElasticsearchTransport;
import co.elastic.clients.transport.rest5_client.Rest5ClientOptions;
import co.elastic.clients.transport.rest5_client.low_level.HttpAsyncResponseConsumerFactory.BasicAsyncResponseConsumerFactory;
import co.elastic.clients.transport.rest5_client.low_level.RequestOptions;
import com.astrobookings.logs.elastic.index.Durability;
import com.astrobookings.logs.elastic.index.IndexKeeper;
import com.astrobookings.logs.elastic.index.IndexSchema;
import com.astrobookings.logs.elastic.read.EventReader;
import com.astrobookings.logs.elastic.wire.Document;
import com.astrobookings.logs.elastic.write.EventWriter;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.memory.ReadMemory;
import io.micrometer.core.instrument.Gauge;
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

  /** How long a large read waits for others to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Of what a write is answered, and of the earlier copies that it is compared with. */
  private static final int LARGEST_ANSWER = 16 * 1024 * 1024;

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
      ElasticsearchAsyncClient client, Durability durability, Clock clock) {
    return new EventStoreHealthIndicator(client, durability, clock);
  }

  @Bean
  Durability durability(ElasticsearchAsyncClient client) {
    return new Durability(client);
  }

  @Bean
  IndexKeeper indexKeeper(ElasticsearchAsyncClient client, ElasticProperties properties) {
    return new IndexKeeper(client, IndexSchema.declared(), properties.shards());
  }

  @Bean
  EventStore eventStore(
      ElasticsearchAsyncClient client,
      IndexKeeper keeper,
      Durability durability,
      ElasticProperties properties) {
    return new ElasticEventStore(
        new EventWriter(withSmallBuffers(client), keeper, durability),
        new EventReader(client, properties.readTimeout()));
  }

  /**
   * The client holds an answer whole, and would hold one of 100 MiB; a longer one is asked for in
   * parts.
   */
  private static ElasticsearchAsyncClient withSmallBuffers(ElasticsearchAsyncClient client) {
    Rest5ClientOptions usual = Rest5ClientOptions.of(client._transport().options());
    RequestOptions.Builder options = usual.restClientRequestOptions().toBuilder();
    options.setHttpAsyncResponseConsumerFactory(
        new BasicAsyncResponseConsumerFactory(LARGEST_ANSWER));
    return client.withTransportOptions(
        new Rest5ClientOptions(options.build(), usual.keepResponseBodyOnException()));
  }

  @Bean
  ReadMemory readMemory(ElasticProperties properties, MeterRegistry registry) {
    ReadMemory memory = new ReadMemory(properties.readMemoryBytes(), PATIENCE);
    Gauge.builder("logs.reads.memory", memory, ReadMemory::taken).register(registry);
    return memory;
  }
}
