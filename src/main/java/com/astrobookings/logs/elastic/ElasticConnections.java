package com.astrobookings.logs.elastic;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.json.JsonpMapper;
import co.elastic.clients.transport.ElasticsearchTransport;
import co.elastic.clients.transport.rest5_client.Rest5ClientOptions;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.HttpAsyncResponseConsumerFactory.BasicAsyncResponseConsumerFactory;
import co.elastic.clients.transport.rest5_client.low_level.RequestOptions;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import com.astrobookings.logs.elastic.wire.Documents;
import com.astrobookings.logs.elastic.wire.LowLevelClient;
import com.astrobookings.logs.elastic.wire.RequestTimers;
import java.io.IOException;

/**
 * Keeps connections to Elasticsearch apart by what they are for, so that none of writes, reads,
 * tails and administration with its probes waits for a connection that another holds. Each has a
 * client, a pool and threads of its own.
 */
final class ElasticConnections implements AutoCloseable {

  /**
   * Of the earlier documents that events are compared with at once; the client's own is 100 MiB.
   */
  private static final int MAX_DOCUMENTS_BYTES = 16 << 20;

  /** Of one answer to a tail, of which few are under way at once. */
  private static final int MAX_TAIL_BYTES = 8 << 20;

  private final ElasticsearchTransport administration;
  private final Rest5Client reads;
  private final Rest5Client writes;
  private final Rest5Client tails;
  private final JsonpMapper mapper;
  private final RequestTimers timers;

  /**
   * Opens connections.
   *
   * @param administration stays open when this is closed
   * @param builder makes clients that differ in nothing but their connections
   */
  ElasticConnections(
      ElasticsearchTransport administration,
      Rest5ClientBuilder builder,
      JsonpMapper mapper,
      RequestTimers timers) {
    this.administration = administration;
    this.reads = builder.build();
    this.writes = builder.build();
    this.tails = builder.build();
    this.mapper = mapper;
    this.timers = timers;
  }

  ElasticsearchAsyncClient administration() {
    return new ElasticsearchAsyncClient(new TimedTransport(administration, timers));
  }

  ElasticsearchAsyncClient reads() {
    return new ElasticsearchAsyncClient(
        new TimedTransport(new Rest5ClientTransport(reads, mapper), timers));
  }

  LowLevelClient lowLevelReads() {
    return new LowLevelClient(reads, mapper, timers);
  }

  LowLevelClient writes() {
    return new LowLevelClient(writes, mapper, timers);
  }

  LowLevelClient lowLevelTails() {
    return new LowLevelClient(tails, mapper, timers);
  }

  /** Its answers are bounded: one that is larger fails. */
  ElasticsearchAsyncClient tails() {
    return bounded(tails, MAX_TAIL_BYTES);
  }

  /** Reads on the connections of writes. */
  Documents stored() {
    return new Documents(bounded(writes, MAX_DOCUMENTS_BYTES));
  }

  private ElasticsearchAsyncClient bounded(Rest5Client client, int bytes) {
    Rest5ClientTransport transport = new Rest5ClientTransport(client, mapper);
    Rest5ClientOptions usual = Rest5ClientOptions.of(transport.options());
    RequestOptions.Builder options = usual.restClientRequestOptions().toBuilder();
    options.setHttpAsyncResponseConsumerFactory(new BasicAsyncResponseConsumerFactory(bytes));
    return new ElasticsearchAsyncClient(
        new TimedTransport(transport, timers), new Rest5ClientOptions(options.build(), false));
  }

  @Override
  public void close() throws IOException {
    try (writes;
        tails) {
      reads.close();
    }
  }
}
