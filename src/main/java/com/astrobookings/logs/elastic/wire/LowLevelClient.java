package com.astrobookings.logs.elastic.wire;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorResponse;
import co.elastic.clients.json.JsonpMapper;
import co.elastic.clients.transport.rest5_client.low_level.Cancellable;
import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.RequestOptions;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import co.elastic.clients.transport.rest5_client.low_level.ResponseListener;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import com.astrobookings.logs.store.memory.ReadMemory;
import jakarta.json.stream.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Sends requests without the typed layer of the client, for those whose bodies are written and read
 * as streams. Requests are timed like all others. Safe for use by several threads.
 */
public final class LowLevelClient {

  /** The media type of answers, as of the version that this client is of. */
  public static final String JSON = "application/vnd.elasticsearch+json;compatible-with=9";

  private static final String GET = "get";
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final Rest5Client client;
  private final JsonpMapper mapper;
  private final RequestTimers timers;

  /**
   * Sends through {@code client}.
   *
   * @param mapper reads what Elasticsearch says about failures
   */
  public LowLevelClient(Rest5Client client, JsonpMapper mapper, RequestTimers timers) {
    this.client = client;
    this.mapper = mapper;
    this.timers = timers;
  }

  /**
   * Sends a request.
   *
   * @param operation the name of the Elasticsearch API, such as {@code bulk}
   * @param request made at each subscription
   * @return the answer, given on a thread of the client that must not be held. Cancelling aborts
   *     the request. From status 400 on it fails with {@link ElasticsearchException}, or with
   *     {@link ResponseException} where the body is not Elasticsearch's; without an answer, with
   *     the failure of the connection
   */
  public Mono<Response> send(String operation, Supplier<Request> request) {
    return Mono.create(sink -> new Exchange(operation, sink).begin(request.get()));
  }

  /**
   * Sends a request whose answer has a bound of its own.
   *
   * @param maxBytes the largest answer; a larger one is aborted and fails with {@link
   *     org.apache.hc.core5.http.ContentTooLongException}
   * @return as {@link #send(String, Supplier)}
   */
  public Mono<Response> send(String operation, int maxBytes, Supplier<Request> request) {
    return Mono.create(sink -> {
      Exchange exchange = new Exchange(operation, sink);
      Request bounded = request.get();
      bounded.setOptions(
          RequestOptions.DEFAULT.toBuilder()
              .addHeader("Accept", JSON)
              .setHttpAsyncResponseConsumerFactory(
                  () -> new AnswerConsumer(new AnswerBuffer(maxBytes, exchange::abort))));
      exchange.begin(bounded);
    });
  }

  /**
   * Reads something that may not be there.
   *
   * @param memory pays for the answer as it arrives
   * @return as {@link #send}; status 404 is an answer, too. Fails with {@link
   *     com.astrobookings.logs.store.memory.NoRoomException} if there is no memory for the answer
   */
  public Mono<Response> get(String path, ReadMemory.Share memory) {
    return Mono.create(sink -> {
      Exchange exchange = new Exchange(GET, sink);
      Request request = new Request("GET", path);
      request.setOptions(
          RequestOptions.DEFAULT.toBuilder()
              .addHeader("Accept", JSON)
              .setHttpAsyncResponseConsumerFactory(
                  () -> new AnswerConsumer(new AnswerBuffer(memory, 0, exchange::abort))));
      exchange.begin(request);
    });
  }

  private Exception failure(Response response) {
    try {
      return read(response);
    } catch (IOException unreadable) {
      return unreadable;
    }
  }

  private Exception read(Response response) throws IOException {
    try (InputStream body = response.getEntity().getContent();
        JsonParser parser = mapper.jsonProvider().createParser(body)) {
      ErrorResponse error = ErrorResponse._DESERIALIZER.deserialize(parser, mapper);
      return new ElasticsearchException("es/low-level", error);
    } catch (RuntimeException notOfElasticsearch) {
      return new ResponseException(response);
    }
  }

  /** A request under way; it ends once, whatever happens to it at the same time. */
  private final class Exchange implements ResponseListener {

    private final String operation;
    private final MonoSink<Response> sink;
    private final long start = timers.start();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Cancellable request;

    Exchange(String operation, MonoSink<Response> sink) {
      this.operation = operation;
      this.sink = sink;
    }

    void begin(Request sent) {
      Cancellable cancellable = client.performRequestAsync(sent, this);
      request = cancellable;
      sink.onCancel(() -> {
        ended(new CancellationException());
        cancellable.cancel();
      });
      if (ended.get()) {
        cancellable.cancel();
      }
    }

    /** Ends the request where it is. */
    void abort(Exception reason) {
      onFailure(reason);
      Cancellable sent = request;
      if (sent != null) {
        sent.cancel();
      }
    }

    private boolean ended(@Nullable Exception failure) {
      boolean first = ended.compareAndSet(false, true);
      if (first) {
        timers.record(operation, start, failure);
      }
      return first;
    }

    @Override
    public void onSuccess(Response response) {
      int status = response.getStatusCode();
      if (status >= BAD_REQUEST && !(status == NOT_FOUND && operation.equals(GET))) {
        onFailure(failure(response));
      } else if (ended(null)) {
        sink.success(response);
      }
    }

    @Override
    public void onFailure(Exception failure) {
      if (ended(failure)) {
        sink.error(failure);
      }
    }
  }
}
