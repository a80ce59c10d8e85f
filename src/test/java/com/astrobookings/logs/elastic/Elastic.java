package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.json.JsonpMapper;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import com.astrobookings.logs.elastic.index.Durability;
import com.astrobookings.logs.elastic.index.IndexKeeper;
import com.astrobookings.logs.elastic.index.IndexSchema;
import com.astrobookings.logs.elastic.read.EventReader;
import com.astrobookings.logs.elastic.wire.RequestTimers;
import com.astrobookings.logs.elastic.write.EventWriter;
import com.astrobookings.logs.store.EventStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.apache.hc.core5.http.HttpHost;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An Elasticsearch as the tests of this room see it: plain requests, and stores on it. */
final class Elastic implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final URI uri;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Rest5ClientTransport transport;
  private final ElasticConnections connections;

  Elastic(URI uri) {
    this.uri = uri;
    Rest5ClientBuilder builder =
        Rest5Client.builder(new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort()))
            .setStrictDeprecationMode(true);
    JsonpMapper mapper = ElasticConfiguration.elasticsearchJson();
    this.transport = new Rest5ClientTransport(builder.build(), mapper);
    this.connections =
        new ElasticConnections(
            transport, builder, mapper, new RequestTimers(new SimpleMeterRegistry()));
  }

  URI uri() {
    return uri;
  }

  ElasticsearchAsyncClient client() {
    return connections.administration();
  }

  IndexKeeper keeper(IndexSchema schema) {
    return new IndexKeeper(client(), schema, 1);
  }

  /** A store as a service has it that has just started. */
  EventStore store() {
    return store(IndexSchema.declared());
  }

  EventStore store(IndexSchema schema) {
    return store(schema, Duration.ofSeconds(9));
  }

  EventStore store(IndexSchema schema, Duration limit) {
    return new ElasticEventStore(
        new EventWriter(
            connections.writes(),
            connections.stored(),
            keeper(schema),
            new Durability(client(), Duration.ZERO)),
        new EventReader(connections.reads(), connections.lowLevelReads(), 4, 4, limit));
  }

  JsonNode get(String path) {
    return ok(send("GET", path, ""));
  }

  JsonNode put(String path, String body) {
    return ok(send("PUT", path, body));
  }

  JsonNode post(String path, String body) {
    return ok(send("POST", path, body));
  }

  void delete(String path) {
    HttpResponse<String> response = send("DELETE", path, "");
    assertThat(response.statusCode()).as(response.body()).isIn(200, 404);
  }

  /** As it was before the service was first started. */
  void wipe() {
    delete("/astrobookings-events-*");
    delete("/_index_template/astrobookings-events");
  }

  private static JsonNode ok(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(uri.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(30))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
    connections.close();
    transport.close();
  }
}
