package com.astrobookings.logs.event.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

class TraceContextTests {

  private final List<@Nullable String> seen = new ArrayList<>();

  @AfterEach
  void leaveNothing() {
    assertThat(MDC.get(TraceContext.KEY)).isNull();
  }

  @Test
  void codeOnTheSubscribingThreadHasTheTraceId() {
    TraceContext.trace(Mono.fromRunnable(this::look), "a").block();

    assertThat(seen).containsExactly("a");
  }

  @Test
  void codeOnAnotherThreadHasItWhereItIsAskedFor() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Mono<Void> work =
        Mono.fromFuture(answer)
            .publishOn(Schedulers.parallel())
            .doOnNext(ready -> look())
            .flatMap(ready -> TraceContext.run(this::look));
    CompletableFuture<Void> done = TraceContext.trace(work, "a").toFuture();

    answer.complete("ready");
    done.join();

    assertThat(seen).containsExactly(null, "a");
  }

  @Test
  void whatIsCalledGivesItsResultOrItsFailure() {
    StepVerifier.create(TraceContext.call(() -> 1)).expectNext(1).verifyComplete();
    StepVerifier.create(TraceContext.call(() -> null)).verifyComplete();
    StepVerifier.create(
            TraceContext.call(() -> {
              throw new IllegalStateException("no");
            }))
        .verifyErrorMessage("no");
  }

  @Test
  void aRequestInsideAnotherEndsWithTheIdOfTheOuterOne() {
    Mono<Void> inner = TraceContext.trace(TraceContext.run(this::look), "inner");
    Mono<Void> outer =
        Mono.fromRunnable(() -> {
          inner.subscribe();
          look();
        });

    TraceContext.trace(outer, "outer").block();

    assertThat(seen).containsExactly("inner", "outer");
  }

  @Test
  void sharedWorkHasTheIdsOfTheFirstRequests() {
    List<Context> requests = new ArrayList<>(List.of(Context.empty()));
    for (int i = 0; i < 10; i++) {
      requests.add(Context.of(TraceContext.KEY, "id" + i));
    }

    TraceContext.run(this::look)
        .contextWrite(context -> TraceContext.join(context, requests))
        .block();

    assertThat(seen).containsExactly("id0 id1 id2 id3 id4 id5 id6 id7");
  }

  @Test
  void workOfNoRequestHasNone() {
    TraceContext.run(this::look)
        .contextWrite(context -> TraceContext.join(context, List.of()))
        .block();

    assertThat(seen).containsExactly((String) null);
  }

  private void look() {
    seen.add(MDC.get(TraceContext.KEY));
  }
}
