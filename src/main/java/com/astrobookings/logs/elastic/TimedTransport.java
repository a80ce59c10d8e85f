package com.astrobookings.logs.elastic;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.json.JsonpMapper;
import co.elastic.clients.transport.ElasticsearchTransport;
import co.elastic.clients.transport.Endpoint;
import co.elastic.clients.transport.TransportException;
import co.elastic.clients.transport.TransportOptions;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Times every request to Elasticsearch, by what it asks and how it ends. */
final class TimedTransport implements ElasticsearchTransport {

  static final String TIMER = "logs.elasticsearch.requests";

  private final ElasticsearchTransport transport;
  private final MeterRegistry registry;

  TimedTransport(ElasticsearchTransport transport, MeterRegistry registry) {
    this.transport = transport;
    this.registry = registry;
  }

  @Override
  public <Q, A, E> CompletableFuture<A> performRequestAsync(
      Q request, Endpoint<Q, A, E> endpoint, @Nullable TransportOptions options) {
    Timer.Sample sample = Timer.start(registry);
    CompletableFuture<A> answer = transport.performRequestAsync(request, endpoint, options);
    // Not what whenComplete returns: who cancels that one leaves the request running.
    var _ = answer.whenComplete((result, failure) -> stop(sample, endpoint, failure));
    return answer;
  }

  @Override
  public <Q, A, E> A performRequest(
      Q request, Endpoint<Q, A, E> endpoint, @Nullable TransportOptions options)
      throws IOException {
    return transport.performRequest(request, endpoint, options);
  }

  private void stop(Timer.Sample sample, Endpoint<?, ?, ?> endpoint, @Nullable Throwable failure) {
    sample.stop(
        Timer.builder(TIMER)
            .tag("operation", operation(endpoint.id()))
            .tag("outcome", outcome(failure))
            .register(registry));
  }

  /** The client names operations {@code es/bulk} and the like. */
  private static String operation(String endpoint) {
    return endpoint.substring(endpoint.indexOf('/') + 1);
  }

  static String outcome(@Nullable Throwable failure) {
    return switch (failure) {
      case null -> "success";
      case CompletionException e when e.getCause() != null -> outcome(e.getCause());
      case CancellationException e -> "cancelled";
      case ElasticsearchException e -> ofStatus(e.status());
      case TransportException e -> ofStatus(e.statusCode());
      case ResponseException e -> ofStatus(e.getResponse().getStatusCode());
      default -> "unreachable";
    };
  }

  private static String ofStatus(int status) {
    return status >= 500 ? "server_error" : status >= 400 ? "client_error" : "unreachable";
  }

  @Override
  public JsonpMapper jsonpMapper() {
    return transport.jsonpMapper();
  }

  @Override
  public TransportOptions options() {
    return transport.options();
  }

  @Override
  public void close() throws IOException {
    transport.close();
  }
}
