package com.astrobookings.logs.elastic;

import co.elastic.clients.json.JsonpMapper;
import co.elastic.clients.transport.ElasticsearchTransport;
import co.elastic.clients.transport.Endpoint;
import co.elastic.clients.transport.TransportOptions;
import com.astrobookings.logs.elastic.wire.RequestTimers;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Times the requests of the typed client. */
final class TimedTransport implements ElasticsearchTransport {

  private final ElasticsearchTransport transport;
  private final RequestTimers timers;

  TimedTransport(ElasticsearchTransport transport, RequestTimers timers) {
    this.transport = transport;
    this.timers = timers;
  }

  @Override
  public <Q, A, E> CompletableFuture<A> performRequestAsync(
      Q request, Endpoint<Q, A, E> endpoint, @Nullable TransportOptions options) {
    long start = timers.start();
    CompletableFuture<A> answer = transport.performRequestAsync(request, endpoint, options);
    // Not what whenComplete returns: who cancels that one leaves the request running.
    var _ =
        answer.whenComplete(
            (result, failure) -> timers.record(operation(endpoint.id()), start, failure));
    return answer;
  }

  @Override
  public <Q, A, E> A performRequest(
      Q request, Endpoint<Q, A, E> endpoint, @Nullable TransportOptions options)
      throws IOException {
    return transport.performRequest(request, endpoint, options);
  }

  /** The client names operations {@code es/bulk} and the like. */
  private static String operation(String endpoint) {
    return endpoint.substring(endpoint.indexOf('/') + 1);
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
