package com.astrobookings.logs.elastic.wire;

import co.elastic.clients.json.JsonpMapper;
import co.elastic.clients.transport.ElasticsearchTransport;
import co.elastic.clients.transport.Endpoint;
import co.elastic.clients.transport.TransportOptions;
import co.elastic.clients.transport.rest5_client.Rest5ClientOptions;
import co.elastic.clients.transport.rest5_client.low_level.RequestOptions;
import com.astrobookings.logs.store.memory.ReadMemory;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of one read and charges their responses to its share of memory. A response
 * that does not fit is cancelled: its request fails with {@link
 * com.astrobookings.logs.store.memory.NoRoomException}, or with {@link
 * org.apache.hc.core5.http.ContentTooLongException} if it could never fit. Neither marks the node
 * that responded as failed.
 */
public final class MeteredTransport implements ElasticsearchTransport {

  private final ElasticsearchTransport transport;
  private final ReadMemory.Share memory;
  private final long held;

  /**
   * Sends through {@code transport}, which stays open when this one is closed.
   *
   * @param memory the share of the read
   * @param held what the read holds already of earlier answers
   */
  public MeteredTransport(ElasticsearchTransport transport, ReadMemory.Share memory, long held) {
    this.transport = transport;
    this.memory = memory;
    this.held = held;
  }

  @Override
  public <Q, A, E> CompletableFuture<A> performRequestAsync(
      Q request, Endpoint<Q, A, E> endpoint, @Nullable TransportOptions options) {
    Answer<A> answer = new Answer<>();
    answer.follow(
        transport.performRequestAsync(
            request, endpoint, metered(options == null ? options() : options, answer)));
    return answer;
  }

  private TransportOptions metered(TransportOptions options, Answer<?> answer) {
    Rest5ClientOptions usual = Rest5ClientOptions.of(options);
    RequestOptions.Builder metered = usual.restClientRequestOptions().toBuilder();
    metered.setHttpAsyncResponseConsumerFactory(
        () -> new AnswerConsumer(new AnswerBuffer(memory, held, answer::refuse)));
    return new Rest5ClientOptions(metered.build(), usual.keepResponseBodyOnException());
  }

  @Override
  public <Q, A, E> A performRequest(
      Q request, Endpoint<Q, A, E> endpoint, @Nullable TransportOptions options) {
    throw new UnsupportedOperationException("Reads do not block");
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
  public void close() {
    // the read ends, the transport is still needed
  }

  /** A response under way; cancelling it cancels the request. */
  private static final class Answer<A> extends CompletableFuture<A> {

    private volatile @Nullable CompletableFuture<A> request;

    void follow(CompletableFuture<A> sent) {
      request = sent;
      var _ = sent.whenComplete(this::end);
      if (isDone()) {
        sent.cancel(true);
      }
    }

    private void end(@Nullable A answer, @Nullable Throwable failure) {
      if (failure == null) {
        complete(answer);
      } else {
        completeExceptionally(failure);
      }
    }

    void refuse(Exception reason) {
      if (completeExceptionally(reason)) {
        stop();
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      if (cancelled) {
        stop();
      }
      return cancelled;
    }

    private void stop() {
      CompletableFuture<A> sent = request;
      if (sent != null) {
        sent.cancel(true);
      }
    }
  }
}
