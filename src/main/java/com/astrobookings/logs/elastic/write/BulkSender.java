package com.astrobookings.logs.elastic.write;

import co.elastic.clients.transport.rest5_client.low_level.HttpAsyncResponseConsumerFactory.BasicAsyncResponseConsumerFactory;
import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.RequestOptions;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.elastic.wire.LowLevelClient;
import com.astrobookings.logs.elastic.write.BulkResponseParser.FailedItem;
import com.astrobookings.logs.store.RefreshPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends bulk requests, and one again whose connection was lost. Safe for use by several threads.
 */
final class BulkSender {

  /** How long Elasticsearch waits for a shard that is out of service. */
  private static final String SHARD_TIMEOUT = "3s";

  /** Twice the interval at which our indices refresh by themselves. */
  private static final Duration REFRESH_DELAY = Duration.ofSeconds(2);

  /** The client holds an answer whole, and would by default hold one of 100 MiB. */
  private static final int MAX_ANSWER_BYTES = 16 << 20;

  private static final RequestOptions OPTIONS =
      RequestOptions.DEFAULT.toBuilder()
          .addHeader("Accept", LowLevelClient.JSON)
          .addParameter("require_alias", "true")
          .addParameter("timeout", SHARD_TIMEOUT)
          .addParameter("include_source_on_error", "false")
          .addParameter("filter_path", "errors,items.*._index,items.*.status,items.*.error")
          .setHttpAsyncResponseConsumerFactory(
              new BasicAsyncResponseConsumerFactory(MAX_ANSWER_BYTES))
          .build();

  private final LowLevelClient client;

  BulkSender(LowLevelClient client) {
    this.client = client;
  }

  /**
   * States what Elasticsearch answered.
   *
   * @param failed the items that were not stored, in their order
   * @param repeated whether the same request went before and its answer was never heard
   */
  record Answer(List<FailedItem> failed, boolean repeated) {}

  /** Sends events; fails with whatever the client fails with. */
  Mono<Answer> send(Bulk bulk, RefreshPolicy refresh) {
    Mono<List<FailedItem>> response =
        switch (refresh) {
          case NONE -> once(bulk, "false");
          case WAIT_FOR -> Flux.merge(once(bulk, "wait_for"), delayedRefresh(bulk.index())).next();
        };
    return response
        .map(failed -> new Answer(failed, false))
        .onErrorResume(
            Failures::isLostConnection, lost -> response.map(failed -> new Answer(failed, true)));
  }

  private Mono<List<FailedItem>> once(Bulk bulk, String refresh) {
    return client.send("bulk", () -> request(bulk, refresh)).map(response -> read(response, bulk));
  }

  private static Request request(Bulk bulk, String refresh) {
    Request request = new Request("POST", "/" + bulk.index().writeAlias() + "/_bulk");
    request.addParameter("refresh", refresh);
    request.setOptions(OPTIONS);
    request.setEntity(bulk.body());
    return request;
  }

  private static List<FailedItem> read(Response response, Bulk bulk) {
    try (InputStream body = response.getEntity().getContent()) {
      return BulkResponseParser.parse(body, bulk.index(), bulk.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An index whose refresh an operator has switched off would never answer by itself. */
  private <T> Mono<T> delayedRefresh(MonthIndex index) {
    return Mono.delay(REFRESH_DELAY)
        .then(client.send("indices.refresh", () -> new Request("POST", "/" + index + "/_refresh")))
        .onErrorComplete()
        .then(Mono.empty());
  }
}
