package com.astrobookings.logs.elastic.wire;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Sends requests. */
public final class Requests {

  private Requests() {}

  /**
   * Sends a request that may arrive twice without harm. It is sent once more when its connection is
   * lost, which happens when Elasticsearch closes an idle one just as it is used again.
   *
   * @param request sends it; called at each subscription
   * @return the answer; fails with whatever the client fails with
   */
  public static <T> Mono<T> repeatable(Supplier<CompletableFuture<T>> request) {
    return repeatable(Mono.fromFuture(request));
  }

  /** Does the same for a request that is sent at each subscription. */
  public static <T> Mono<T> repeatable(Mono<T> request) {
    return request.retryWhen(
        Retry.max(1)
            .filter(Failures::isLostConnection)
            .onRetryExhaustedThrow((policy, signal) -> signal.failure()));
  }
}
